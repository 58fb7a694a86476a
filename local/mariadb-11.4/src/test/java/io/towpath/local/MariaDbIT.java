package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MariaDbIT {

    @TempDir
    static Path directory;

    private static Stack stack;
    private static MariaDbServer server;

    @BeforeAll
    static void start() {
        stack = Stack.embedded(directory);
        server = stack.mariadb("maria");
    }

    @AfterAll
    static void close() {
        stack.close();
        assertThat(stack.servers()).noneMatch(Server::alive);
    }

    @Test
    void aKilledServerKeepsWhatWasCommittedAndLosesTheRest() throws SQLException {
        server.createDatabase("shop");
        try (Connection committing = connect("shop");
                Connection open = connect("shop")) {
            run(committing, "CREATE TABLE t (v varchar(20) PRIMARY KEY) ENGINE=InnoDB");
            run(committing, "INSERT INTO t VALUES ('committed')");
            open.setAutoCommit(false);
            run(open, "INSERT INTO t VALUES ('open')");
            server.kill();
        }
        server.start();
        server.awaitReady();

        try (Connection connection = connect("shop")) {
            assertThat(text(connection, "SELECT group_concat(v) FROM t")).isEqualTo("committed");
        }
    }

    @Test
    void itsBinlogHasWholeRows() throws SQLException {
        try (Connection connection = connect("")) {
            assertThat(text(connection, "SELECT concat_ws(' ', @@log_bin, @@binlog_format, @@binlog_row_image)"))
                    .isEqualTo("ON ROW FULL");
        }
    }

    @Test
    void aWrongPasswordAndASecondDatabaseOfOneNameAreRefused() {
        server.createDatabase("once");
        assertThatThrownBy(() -> server.createDatabase("once")).hasMessageContaining("database exists");
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("once"), server.user(), "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Access denied");
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
