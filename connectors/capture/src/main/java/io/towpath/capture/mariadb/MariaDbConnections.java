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

    /** The delegate's property, and the driver's that means the same; the words for a mode are the same ones. */
    private static final Map<String, String> TLS = Map.of(
            MariaDbDialect.SSL_MODE,
            "sslMode",
            "database.ssl.truststore",
            "trustStore",
            "database.ssl.truststore.password",
            "trustStorePassword",
            "database.ssl.keystore",
            "keyStore",
            "database.ssl.keystore.password",
            "keyStorePassword");

    private final DelegateLibrary library;
    private final Duration limit;

    /** @param limit most time for connecting, and for any one statement */
    public MariaDbConnections(DelegateLibrary library, Duration limit) {
        this.library = library;
        this.limit = limit;
    }

    Connection open(DatabaseConfig database) throws SQLException {
        String url = "jdbc:mariadb://" + database.hostname() + ":" + database.port() + "/" + database.dbname();
        Connection connection = library.instance(DRIVER, Driver.class).connect(url, properties(database));
        if (connection == null) {
            throw new ConnectException("the driver does not take " + url);
        }
        return connection;
    }

    Properties properties(DatabaseConfig database) {
        String millis = Long.toString(Math.max(1, limit.toMillis()));
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password().value());
        properties.setProperty("connectTimeout", millis);
        properties.setProperty("socketTimeout", millis);
        TLS.forEach((delegates, drivers) -> {
            String value = database.debezium().get(delegates);
            if (value != null) {
                properties.setProperty(drivers, value);
            }
        });
        return properties;
    }
}
