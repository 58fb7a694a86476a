package io.towpath.local.database;

import io.towpath.local.PostgresServer;
import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Place;
import io.towpath.local.process.ServerProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** One PostgreSQL server. It is ready when it takes a connection. */
public final class EmbeddedPostgres extends ServerProcess implements PostgresServer {

    static final String USER = "postgres";
    /** Public knowledge: the server listens on the loopback address only. It makes wrong passwords wrong. */
    static final String PASSWORD = "towpath";

    private static final String SECONDS = "3";

    private final int port;

    private EmbeddedPostgres(Launch launch, Nursery nursery, int port) {
        super(launch, nursery);
        this.port = port;
    }

    /** A server on the data of that place; the data is made if there is none. */
    public static EmbeddedPostgres in(Place place, Nursery nursery) {
        PostgresProgram program = PostgresProgram.unpacked();
        PostgresData.initialise(place, program);
        // INT is PostgreSQL's fast shutdown: it does not wait for its clients
        Launch launch = Launch.of(place.name(), PostgresData.serve(program, place), place.log())
                .withStopSignal("INT");
        return new EmbeddedPostgres(launch, nursery, place.port());
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
    protected boolean ready() {
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
