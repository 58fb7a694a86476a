package io.towpath.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A PostgreSQL server with {@code wal_level=logical}, whatever it runs in. It is ready when it takes a connection. */
public interface PostgresServer extends DatabaseServer {

    /** Its superuser. */
    String USER = "postgres";

    /** Public knowledge: the server listens on the loopback address only. It makes wrong passwords wrong. */
    String PASSWORD = "towpath";

    @Override
    default String host() {
        return "127.0.0.1";
    }

    @Override
    default String user() {
        return USER;
    }

    @Override
    default String password() {
        return PASSWORD;
    }

    @Override
    default String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    @Override
    default void createDatabase(String name) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
        } catch (SQLException e) {
            throw new IllegalStateException(name() + " refuses to create database " + name + ": " + e.getMessage(), e);
        }
    }

    /** Whether it takes a connection: one look, of a few seconds at most. */
    default boolean takesConnections() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private Connection connect() throws SQLException {
        String seconds = "3";
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        return DriverManager.getConnection(jdbcUrl("postgres"), properties);
    }
}
