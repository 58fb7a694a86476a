package io.towpath.capture.mariadb;

import io.towpath.capture.binlog.Binlog;
import io.towpath.capture.binlog.BinlogProduct;
import io.towpath.capture.binlog.Gtids;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** MariaDB: GTIDs are numbers within a replication domain; Debezium and the driver have the same words for TLS. */
public final class MariaDb implements BinlogProduct {

    private static final Map<String, String> WANTED = Map.of(
            "log_bin", "ON",
            "binlog_format", "ROW",
            "binlog_row_image", "FULL",
            "log_bin_compress",
                    "OFF"); // Debezium's client does not know compressed rows and passes over them in silence

    @Override
    public String connectorClass() {
        return "io.debezium.connector.mariadb.MariaDbConnector";
    }

    @Override
    public Map<String, String> tls() {
        Map<String, String> same = new LinkedHashMap<>();
        List.of("disable", "trust", "verify-ca", "verify-full").forEach(mode -> same.put(mode, mode));
        return same;
    }

    @Override
    public String tlsByDefault() {
        return "disable";
    }

    @Override
    public Map<String, String> wanted() {
        return WANTED;
    }

    @Override
    public String placeVariable() {
        return "@@gtid_binlog_pos";
    }

    @Override
    public String rightToAsk() {
        return "BINLOG MONITOR";
    }

    @Override
    public Binlog log(Connection connection) {
        return new MariaDbBinlog(connection);
    }

    @Override
    public Gtids gtids(String text) {
        return MariaDbGtids.parse(text);
    }
}
