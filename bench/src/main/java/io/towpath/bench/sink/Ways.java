package io.towpath.bench.sink;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The ways to bring many rows into a table of PostgreSQL. */
final class Ways {
    private static final List<String> COLUMNS =
            List.of("id", "name", "email", "status", "amount", "quantity", "active", "created_at", "updated_at");
    private static final List<String> TYPES =
            List.of("int8", "text", "text", "text", "float8", "int4", "bool", "timestamp", "timestamptz");
    private static final int FIRST_TIME = 7;
    private static final long EPOCH = 946_684_800_000_000L; // 2000-01-01, where PostgreSQL counts from

    private Ways() {}

    /** One of them. */
    interface Way {
        void write(Connection connection, String table, boolean upsert, List<ItemRow> rows) throws SQLException;
    }

    static Map<String, Way> all() {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put(
                "text arrays, unnest in FROM",
                (connection, table, upsert, rows) -> unnest(
                        connection,
                        "INSERT INTO " + table + " SELECT " + list("x.%1$s::%2$s") + " FROM unnest(" + list("?::text[]")
                                + ") AS x(" + list("%1$s") + ")" + end(upsert),
                        rows,
                        true));
        ways.put(
                "typed arrays, unnest in FROM",
                (connection, table, upsert, rows) -> unnest(
                        connection,
                        "INSERT INTO " + table + " SELECT " + values("x.") + " FROM unnest(" + arrays("?::%s[]")
                                + ") AS x(" + list("%1$s") + ")" + end(upsert),
                        rows,
                        false));
        ways.put(
                "typed arrays, unnest in SELECT",
                (connection, table, upsert, rows) -> unnest(
                        connection,
                        "INSERT INTO " + table + " SELECT " + values("x.") + " FROM (SELECT "
                                + arrays("unnest(?::%s[]) AS %s") + ") AS x" + end(upsert),
                        rows,
                        false));
        ways.put("COPY text", (connection, table, upsert, rows) -> copy(connection, table, upsert, "text", text(rows)));
        ways.put(
                "COPY binary",
                (connection, table, upsert, rows) -> copy(connection, table, upsert, "binary", binary(rows)));
        return ways;
    }

    private static String list(String format) {
        return IntStream.range(0, COLUMNS.size())
                .mapToObj(i -> format.formatted(COLUMNS.get(i), TYPES.get(i)))
                .collect(Collectors.joining(", "));
    }

    /** Times travel as microseconds. */
    private static String element(int column) {
        return column < FIRST_TIME ? TYPES.get(column) : "int8";
    }

    private static String arrays(String format) {
        return IntStream.range(0, COLUMNS.size())
                .mapToObj(i -> format.formatted(element(i), COLUMNS.get(i)))
                .collect(Collectors.joining(", "));
    }

    private static String values(String prefix) {
        return IntStream.range(0, COLUMNS.size())
                .mapToObj(i -> i < FIRST_TIME
                        ? prefix + COLUMNS.get(i)
                        : TYPES.get(i) + " 'epoch' + " + prefix + COLUMNS.get(i) + " * interval '1 microsecond'")
                .collect(Collectors.joining(", "));
    }

    private static String end(boolean upsert) {
        return upsert
                ? " ON CONFLICT (id) DO UPDATE SET "
                        + COLUMNS.stream()
                                .skip(1)
                                .map(column -> column + " = excluded." + column)
                                .collect(Collectors.joining(", "))
                : "";
    }

    private static void unnest(Connection connection, String sql, List<ItemRow> rows, boolean text)
            throws SQLException {
        Object[][] columns = new Object[COLUMNS.size()][];
        for (int row = 0; row < rows.size(); row++) {
            Object[] values = rows.get(row).values();
            for (int i = 0; i < values.length; i++) {
                Object value = text ? text(i, values[i]) : values[i];
                if (row == 0) {
                    columns[i] = (Object[]) Array.newInstance(value.getClass(), rows.size());
                }
                columns[i][row] = value;
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf(text ? "text" : element(i), columns[i]));
            }
            statement.executeUpdate();
        }
    }

    private static String text(int column, Object value) {
        if (column < FIRST_TIME) {
            return value.toString();
        }
        long micros = (Long) value;
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000),
                        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
                        ZoneOffset.UTC)
                .toString();
    }

    /** Into the table itself; for an upsert into a temporary one that is emptied with each commit. */
    private static void copy(Connection connection, String table, boolean upsert, String format, byte[] rows)
            throws SQLException {
        String into = upsert ? "copied_" + table : table;
        try (Statement statement = connection.createStatement()) {
            if (upsert) {
                statement.execute(
                        "CREATE TEMP TABLE IF NOT EXISTS " + into + " (LIKE " + table + ") ON COMMIT DELETE ROWS");
            }
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + into + " FROM STDIN (FORMAT " + format + ")");
            copy.writeToCopy(rows, 0, rows.length);
            copy.endCopy();
            if (upsert) {
                statement.executeUpdate("INSERT INTO " + table + " SELECT * FROM " + into + end(true));
            }
        }
    }

    private static byte[] text(List<ItemRow> rows) {
        StringBuilder text = new StringBuilder();
        for (ItemRow row : rows) {
            Object[] values = row.values();
            for (int i = 0; i < values.length; i++) {
                text.append(i == 0 ? "" : "\t").append(text(i, values[i]));
            }
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] binary(List<ItemRow> rows) {
        ByteBuffer out = ByteBuffer.allocate(64 + rows.size() * 256);
        out.put("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1)).putLong(0);
        for (ItemRow row : rows) {
            Object[] values = row.values();
            out.putShort((short) values.length);
            for (int i = 0; i < values.length; i++) {
                put(out, i, values[i]);
            }
        }
        byte[] bytes = new byte[out.putShort((short) -1).position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static void put(ByteBuffer out, int column, Object value) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.putInt(bytes.length).put(bytes);
        } else if (value instanceof Double number) {
            out.putInt(8).putDouble(number);
        } else if (value instanceof Integer number) {
            out.putInt(4).putInt(number);
        } else if (value instanceof Boolean bool) {
            out.putInt(1).put((byte) (bool ? 1 : 0));
        } else {
            out.putInt(8).putLong((Long) value - (column < FIRST_TIME ? 0 : EPOCH));
        }
    }
}
