package io.towpath.capture.binlog;

import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.delegate.DelegateLibrary;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Opens connections with MariaDB's driver, which the delegate brings along; it is not on the plugin's own class path. It
 * speaks to MySQL as well.
 */
public final class BinlogConnections {

    static final String SSL_MODE = "database.ssl.mode";

    private static final String DRIVER = "org.mariadb.jdbc.Driver";

    /** The delegate's property, and the driver's that means the same. */
    private static final Map<String, String> STORES = Map.of(
            "database.ssl.truststore",
            "trustStore",
            "database.ssl.truststore.password",
            "trustStorePassword",
            "database.ssl.keystore",
            "keyStore",
            "database.ssl.keystore.password",
            "keyStorePassword");

    private final BinlogProduct product;
    private final DelegateLibrary library;
    private final Duration limit;

    /** @param limit most time for connecting, and for any one statement */
    public BinlogConnections(BinlogProduct product, DelegateLibrary library, Duration limit) {
        this.product = product;
        this.library = library;
        this.limit = limit;
    }

    BinlogProduct product() {
        return product;
    }

    /** What is missing for the delegate to read the database at all, and what to do; empty for nothing. */
    Optional<String> lacking() {
        return product.lacking()
                .filter(lacking -> !library.has(lacking.className()))
                .map(BinlogProduct.Lacking::sentence);
    }

    Connection open(DatabaseConfig database) throws SQLException {
        String url = "jdbc:mariadb://" + database.hostname() + ":" + database.port() + "/" + database.dbname();
        Connection connection = library.instance(DRIVER, Driver.class).connect(url, properties(database));
        if (connection == null) {
            throw new ConnectException("the driver does not take " + url);
        }
        return connection;
    }

    /** How the delegate is told to use TLS, in its own word; right or wrong. */
    String mode(DatabaseConfig database) {
        return database.debezium().getOrDefault(SSL_MODE, product.tlsByDefault());
    }

    Properties properties(DatabaseConfig database) {
        String mode = mode(database);
        if (!product.tls().containsKey(mode)) {
            throw new ConnectException(SSL_MODE + " has a word that is none, wanted: "
                    + String.join(", ", product.tls().keySet()));
        }
        String millis = Long.toString(Math.max(1, limit.toMillis()));
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password().value());
        properties.setProperty("connectTimeout", millis);
        properties.setProperty("socketTimeout", millis);
        properties.setProperty("sslMode", product.tls().get(mode));
        product.driver(mode).forEach(properties::setProperty);
        STORES.forEach((delegates, drivers) -> {
            String value = database.debezium().get(delegates);
            if (value != null) {
                properties.setProperty(drivers, value);
            }
        });
        return properties;
    }
}
