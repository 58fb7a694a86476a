package io.towpath.jdbc.sql;

import io.towpath.jdbc.mariadb.MariaDbDialect;
import io.towpath.jdbc.postgres.PostgresDialect;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ServiceLoader;

/** Finds the dialect and the driver for a JDBC URL. */
public final class Dialects {
    private Dialects() {}

    public static Dialect of(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new PostgresDialect();
        }
        DriverLog.close(Dialects.class.getClassLoader());
        return new MariaDbDialect(url.startsWith("jdbc:mysql:"));
    }

    /** The driver in this plugin's own archive: DriverManager would look in the worker's class path. */
    public static Driver driver(String url) throws SQLException {
        for (Driver driver : ServiceLoader.load(Driver.class, Dialects.class.getClassLoader())) {
            if (driver.acceptsURL(url)) {
                return driver;
            }
        }
        throw new SQLException("no driver in the plugin's folder accepts the URL", "08001");
    }
}
