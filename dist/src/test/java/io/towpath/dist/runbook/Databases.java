package io.towpath.dist.runbook;

import static org.awaitility.Awaitility.await;

import io.towpath.local.DatabaseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The SQL of a runbook, as the owner of the database types it. */
record Databases(DatabaseServer server) {

    private static final String WHERE = "-- in database ";

    /** Runs a block whose first line names the database; the rows that it gives, {@code a | b}, a line each. */
    String type(Block block) {
        String first = block.text().lines().findFirst().orElse("");
        if (!first.startsWith(WHERE)) {
            throw new IllegalStateException(block.place() + ": the first line is not " + WHERE + "…");
        }
        return run(first.substring(WHERE.length()), block.text().substring(first.length()));
    }

    String run(String database, String sql) {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            List<String> lines = new ArrayList<>();
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    lines.addAll(lines(statement.getResultSet()));
                }
                rows = statement.getMoreResults();
            }
            return String.join("\n", lines);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a query's one row is {@code wanted}. */
    void until(String database, String query, String wanted) {
        await(query + " = " + wanted)
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> run(database, query), wanted::equals);
    }

    private static List<String> lines(ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                cells.add(rows.getString(i));
            }
            lines.add(String.join(" | ", cells));
        }
        return lines;
    }
}
