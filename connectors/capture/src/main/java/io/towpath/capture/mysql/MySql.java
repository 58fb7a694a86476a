package io.towpath.capture.mysql;

import io.towpath.capture.binlog.Binlog;
import io.towpath.capture.binlog.BinlogProduct;
import io.towpath.capture.binlog.Gtids;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** MySQL: its log is read by GTIDs, and Debezium needs MySQL's own driver, which our archive may not carry. */
public final class MySql implements BinlogProduct {

    private static final Lacking DRIVER = new Lacking(
            "com.mysql.cj.jdbc.Driver",
            "Debezium reads MySQL with MySQL's own driver, which is not in the plugin's archive because of its licence,"
                    + " wanted: mysql-connector-j-VERSION.jar (com.mysql:mysql-connector-j) in the plugin's folder lib on each"
                    + " worker, and a restart of the workers");

    private static final String NO_TLS = "disabled";

    /** Logins by password go by the server's public key where there is no TLS; both drivers want that to be said. */
    private static final String PUBLIC_KEY = "allowPublicKeyRetrieval";

    private static final Map<String, String> WANTED = Map.of(
            "log_bin", "ON",
            "binlog_format", "ROW",
            "binlog_row_image", "FULL",
            "gtid_mode", "ON",
            "binlog_row_value_options", ""); // Debezium's client passes over partial JSON in silence

    @Override
    public String connectorClass() {
        return "io.debezium.connector.mysql.MySqlConnector";
    }

    @Override
    public Map<String, String> delegateConfig(String tls) {
        return tls.equals(NO_TLS) ? Map.of("driver." + PUBLIC_KEY, "true") : Map.of();
    }

    @Override
    public Optional<Lacking> lacking() {
        return Optional.of(DRIVER);
    }

    /** Without Debezium's own default {@code preferred}: who is in between could have TLS left out. */
    @Override
    public Map<String, String> tls() {
        Map<String, String> modes = new LinkedHashMap<>();
        modes.put(NO_TLS, "disable");
        modes.put("required", "trust");
        modes.put("verify_ca", "verify-ca");
        modes.put("verify_identity", "verify-full");
        return modes;
    }

    @Override
    public String tlsByDefault() {
        return "required";
    }

    @Override
    public Map<String, String> driver(String tls) {
        return tls.equals(NO_TLS) ? Map.of(PUBLIC_KEY, "true") : Map.of();
    }

    @Override
    public Map<String, String> wanted() {
        return WANTED;
    }

    @Override
    public String placeVariable() {
        return "@@global.gtid_executed";
    }

    @Override
    public String rightToAsk() {
        return "REPLICATION CLIENT";
    }

    @Override
    public Binlog log(Connection connection) {
        return new MySqlBinlog(connection);
    }

    @Override
    public Gtids gtids(String text) {
        return MySqlGtids.parse(text);
    }
}
