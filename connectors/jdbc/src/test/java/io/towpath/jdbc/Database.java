package io.towpath.jdbc;

import io.towpath.local.DatabaseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database of a real server, asked beside the sink. */
record Database(DatabaseServer server, String name) {

    static Database create(DatabaseServer server, String name) {
        server.createDatabase(name);
        return new Database(server, name);
    }

    /** What a sink needs to write here; {@code more} wins. */
    Map<String, String> config(String... more) {
        Map<String, String> config = new HashMap<>(Map.of(
                "name", "sink",
                "connector.class", ExactlyOnceJdbcSinkConnector.class.getName(),
                "topics", "events",
                "connection.url", server.jdbcUrl(name),
                "connection.username", server.user(),
                "connection.password", server.password()));
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    int port() {
        return server.port();
    }

    /** The same as {@link #config}, through another port, and with each statement's text on the wire each time. */
    Map<String, String> through(int port) {
        String url = server.jdbcUrl(name).replace(":" + server.port() + "/", ":" + port + "/");
        return config("connection.url", url.startsWith("jdbc:postgresql:") ? url + "?prepareThreshold=0" : url);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(name), server.user(), server.password());
    }

    void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Each row as its columns' texts, joined by a bar. */
    List<String> rows(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(rows.getString(i)));
                }
                texts.add(String.join("|", columns));
            }
            return texts;
        }
    }

    long count(String table) throws SQLException {
        return Long.parseLong(rows("SELECT count(*) FROM " + table).get(0));
    }
}
