package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the machine has a MySQL server. */
class MySqlIT {

    @TempDir
    static Path directory;

    @BeforeAll
    static void assumeInstalled() {
        Assumptions.assumeTrue(
                Part.isHereOrTold(MySqlServer.installed(), "no MySQL on the PATH; its server is not started"));
    }

    @Test
    void aKilledServerKeepsWhatWasCommittedAndItsBinlogHasWholeRows() throws SQLException {
        try (Stack stack = Stack.embedded(directory)) {
            MySqlServer server = stack.mysql("mysql");
            server.createDatabase("shop");
            try (Connection committing = connect(server);
                    Statement statement = committing.createStatement()) {
                statement.execute("CREATE TABLE t (v varchar(20) PRIMARY KEY)");
                statement.execute("INSERT INTO t VALUES ('committed')");
                server.kill();
            }
            server.start();
            server.awaitReady();

            try (Connection connection = connect(server);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT concat_ws(' ', v, @@log_bin, @@binlog_format, @@binlog_row_image, @@gtid_mode) FROM t")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("committed 1 ROW FULL ON");
            }
        }
    }

    private static Connection connect(MySqlServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl("shop"), server.user(), server.password());
    }
}
