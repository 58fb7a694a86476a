package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.plan.RowGroup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Sends a group's rows in statements of many rows each, small enough for the default {@code max_allowed_packet}. */
final class MariaDbRows {
    private static final int CELLS = 20_000;
    // A quarter of the default; one larger row goes alone.
    private static final long BYTES = 4L << 20;
    private static final int SELECTED_ROWS = 200;

    private final Connection connection;
    private final RowGroup rows;

    MariaDbRows(Connection connection, RowGroup rows) {
        this.connection = connection;
        this.rows = rows;
    }

    /** {@code head VALUES (…), (…) tail}. */
    void values(String head, String tail) throws SQLException {
        String row = "(" + String.join(", ", Collections.nCopies(rows.columns().length, "?")) + ")";
        int most = Math.max(1, CELLS / rows.columns().length);
        for (int from = 0, to; from < rows.rows().size(); from = to) {
            to = end(from, most);
            String sql = head + " VALUES " + String.join(", ", Collections.nCopies(to - from, row)) + tail;
            try (PreparedStatement statement = bound(sql, from, to)) {
                statement.executeUpdate();
            }
        }
    }

    /** {@code head (SELECT … UNION ALL …) AS x tail}: the rows as a table that the statement may look at. Returns the rows found. */
    int select(String head, String tail) throws SQLException {
        int found = 0;
        for (int from = 0, to; from < rows.rows().size(); from = to) {
            to = end(from, SELECTED_ROWS);
            try (PreparedStatement statement = bound(head + " " + table(to - from) + tail, from, to)) {
                found += statement.executeUpdate();
            }
        }
        return found;
    }

    /** The first column of what {@code head (rows) AS x tail} finds. */
    List<String> query(String head, String tail) throws SQLException {
        List<String> found = new ArrayList<>();
        for (int from = 0, to; from < rows.rows().size(); from = to) {
            to = end(from, SELECTED_ROWS);
            try (PreparedStatement statement = bound(head + " " + table(to - from) + tail, from, to)) {
                ResultSet answer = statement.executeQuery();
                while (answer.next()) {
                    found.add(answer.getString(1));
                }
            }
        }
        return found;
    }

    /** Where a statement that begins with row {@code from} ends: after {@code most} rows, or after as many bytes as fit. */
    private int end(int from, int most) throws SQLException {
        int last = Math.min(rows.rows().size(), from + most);
        long bytes = 0;
        for (int row = from; row < last; row++) {
            bytes += MariaDbSize.bound(rows, row);
            if (bytes > BYTES && row > from) {
                return row;
            }
            if (bytes > BYTES) {
                MariaDbSize.refuseLargerThanPacket(connection, rows, row);
                return from + 1;
            }
        }
        return last;
    }

    private String table(int count) {
        String named = rows.carried().stream()
                .map(column -> "? AS " + MariaDbSql.quoted(column.name()))
                .collect(Collectors.joining(", "));
        String unnamed = String.join(", ", Collections.nCopies(rows.columns().length, "?"));
        return "(SELECT " + named + (" UNION ALL SELECT " + unnamed).repeat(count - 1) + ") AS x";
    }

    private PreparedStatement bound(String sql, int from, int to) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        int parameter = 1;
        for (int row = from; row < to; row++) {
            for (int position : rows.columns()) {
                Object value = rows.rows().get(row).values()[position];
                MariaDbTypes.bind(
                        statement,
                        parameter++,
                        rows.shape().columns().get(position).type(),
                        value);
            }
        }
        return statement;
    }
}
