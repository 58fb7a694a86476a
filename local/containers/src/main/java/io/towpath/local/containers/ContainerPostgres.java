package io.towpath.local.containers;

import io.towpath.local.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** One PostgreSQL server from its own image. It is ready when it takes a connection from outside. */
final class ContainerPostgres extends ContainerServer implements PostgresServer {

    static final DockerImageName IMAGE = DockerImageName.parse("postgres:17.6");

    private static final String USER = "postgres";
    private static final String PASSWORD = "towpath"; // public knowledge, on the loopback address only
    private static final int INSIDE = 5432;
    private static final String SECONDS = "3";

    private final int port;

    private ContainerPostgres(String name, GenericContainer<?> container, Path log, int port) {
        super(name, container, log);
        this.port = port;
    }

    static ContainerPostgres of(String name, Path log, int port) {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withExposedPorts(INSIDE)
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .withCommand("postgres", "-c", "wal_level=logical", "-c", "max_connections=200");
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + INSIDE));
        return new ContainerPostgres(name, container, log, port);
    }

    @Override
    String stopSignal() {
        return "SIGINT"; // its fast shutdown: it does not wait for its clients
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port + "/" + database;
    }

    @Override
    public void createDatabase(String name) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
        } catch (SQLException e) {
            throw new IllegalStateException(name() + " refuses to create database " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    boolean ready() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        return DriverManager.getConnection(jdbcUrl("postgres"), properties);
    }
}
