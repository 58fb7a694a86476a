package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.local.link.TcpLink;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresIT {

    @TempDir
    static Path directory;

    private static Stack stack;
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        stack = Stack.embedded(directory);
        server = stack.postgres("pg");
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
            run(committing, "CREATE TABLE t (v text)");
            run(committing, "INSERT INTO t VALUES ('committed')");
            open.setAutoCommit(false);
            run(open, "INSERT INTO t VALUES ('open')");
            server.kill();
        }
        server.start();
        server.awaitReady();

        try (Connection connection = connect("shop")) {
            assertThat(text(connection, "SELECT string_agg(v, ',') FROM t")).isEqualTo("committed");
            assertThat(text(connection, "SHOW wal_level")).isEqualTo("logical");
        }
    }

    @Test
    void aPausedServerAnswersNothingUntilItIsResumed() throws SQLException {
        try (Connection connection = connect("postgres")) {
            server.pause();
            connection.setNetworkTimeout(Runnable::run, 1_000);
            assertThatThrownBy(() -> text(connection, "SELECT 'here'")).isInstanceOf(SQLException.class);
        }
        server.resume();

        try (Connection connection = connect("postgres")) {
            assertThat(text(connection, "SELECT 'here'")).isEqualTo("here");
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsCommittedAllTheSame() throws SQLException {
        try (TcpLink link = TcpLink.to(server.port());
                Connection direct = connect("postgres");
                Connection linked = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + link.port() + "/postgres", server.user(), server.password())) {
            run(direct, "CREATE TABLE lost (v text)");
            linked.setAutoCommit(false);
            run(linked, "INSERT INTO lost VALUES ('here')");
            CompletableFuture<Void> cut = link.answers().cutAt("COMMIT");

            assertThatThrownBy(linked::commit).isInstanceOf(SQLException.class);
            assertThat(cut).succeedsWithin(Duration.ofSeconds(10));
            assertThat(text(direct, "SELECT v FROM lost")).isEqualTo("here");
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
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
