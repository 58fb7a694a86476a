package io.towpath.capture.postgres;

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
public final class PostgresConnections {

    private static final String DRIVER = "org.postgresql.Driver";
    private static final String DEBEZIUM_JDBC = "database.";

    /** What Debezium calls {@code database.X} and the driver {@code X}, with the same meaning. */
    private static final Map<String, String> PASSED_ON = Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "sslpassword", "sslpassword");

    private final DelegateLibrary library;
    private final Duration limit;

    /** @param limit most time for connecting, and for any one statement */
    public PostgresConnections(DelegateLibrary library, Duration limit) {
        this.library = library;
        this.limit = limit;
    }

    Connection open(DatabaseConfig database) throws SQLException {
        String seconds = Long.toString(Math.max(1, limit.toSeconds()));
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password().value());
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("ApplicationName", "towpath capture");
        PASSED_ON.forEach((debezium, driver) -> {
            String value = database.debezium().get(DEBEZIUM_JDBC + debezium);
            if (value != null) {
                properties.setProperty(driver, value);
            }
        });
        Driver driver = library.instance(DRIVER, Driver.class);
        Connection connection = driver.connect(url(database), properties);
        if (connection == null) {
            throw new ConnectException("the driver does not take " + url(database));
        }
        return connection;
    }

    private static String url(DatabaseConfig database) {
        return "jdbc:postgresql://" + database.hostname() + ":" + database.port() + "/" + database.dbname();
    }
}
