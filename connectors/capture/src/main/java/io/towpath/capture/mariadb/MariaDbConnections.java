package io.towpath.capture.mariadb;

import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.delegate.DelegateLibrary;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.errors.ConnectException;

/** Opens connections with the driver that the delegate brings along; it is not on the plugin's own class path. */
public final class MariaDbConnections {

    private static final String DRIVER = "org.mariadb.jdbc.Driver";

    /** Debezium's {@code database.ssl.mode} and the driver's {@code sslMode}. */
    private static final Map<String, String> SSL_MODES =
            Map.of("required", "trust", "verify_ca", "verify-ca", "verify_identity", "verify-full");

    private final DelegateLibrary library;
    private final Duration limit;

    /** @param limit most time for connecting, and for any one statement */
    public MariaDbConnections(DelegateLibrary library, Duration limit) {
        this.library = library;
        this.limit = limit;
    }

    Connection open(DatabaseConfig database) throws SQLException {
        String millis = Long.toString(Math.max(1, limit.toMillis()));
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password().value());
        properties.setProperty("connectTimeout", millis);
        properties.setProperty("socketTimeout", millis);
        String sslMode = SSL_MODES.get(database.debezium().getOrDefault("database.ssl.mode", ""));
        if (sslMode != null) {
            properties.setProperty("sslMode", sslMode);
        }
        String url = "jdbc:mariadb://" + database.hostname() + ":" + database.port() + "/" + database.dbname();
        Connection connection = library.instance(DRIVER, Driver.class).connect(url, properties);
        if (connection == null) {
            throw new ConnectException("the driver does not take " + url);
        }
        return connection;
    }
}
