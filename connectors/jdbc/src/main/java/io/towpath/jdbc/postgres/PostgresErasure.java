package io.towpath.jdbc.postgres;

import io.towpath.jdbc.plan.Erasure;
import io.towpath.jdbc.plan.Guard;
import io.towpath.jdbc.sql.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Deletes an actor's rows in PostgreSQL. */
final class PostgresErasure {
    private PostgresErasure() {}

    static int erase(Connection connection, TableInfo table, Erasure erasure) throws SQLException {
        List<String> keys = erasure.keysOf(table);
        if (erasure.remembers(table) && !keys.isEmpty()) {
            execute(connection, bury(table, keys, erasure), erasure);
        }
        return execute(
                connection,
                "DELETE FROM " + PostgresSql.quoted(table.id()) + " AS t WHERE " + theirs(table, erasure),
                erasure);
    }

    /** A replay of the deleted image has the row's own version: one more holds it back too. */
    private static String bury(TableInfo table, List<String> keys, Erasure erasure) {
        Guard guard = erasure.guard();
        String key = keys.stream()
                .map(name -> "t." + PostgresSql.quoted(name) + "::text")
                .collect(Collectors.joining(", ", "concat_ws(chr(31), ", ")"));
        String version = "t." + PostgresSql.quoted(guard.version());
        String incarnation = "t." + PostgresSql.quoted(guard.incarnation());
        return "INSERT INTO " + PostgresSql.quoted(guard.tombstones())
                + " AS g (table_name, row_key, version, incarnation, deleted_at) SELECT "
                + PostgresSql.literal(table.id().toString()) + ", " + key + ", " + version + " + 1, " + incarnation
                + ", now() FROM " + PostgresSql.quoted(table.id()) + " AS t WHERE " + theirs(table, erasure) + " AND "
                + version + " IS NOT NULL AND " + incarnation + " IS NOT NULL ORDER BY 2"
                + " ON CONFLICT (table_name, row_key) DO UPDATE SET version = excluded.version,"
                + " incarnation = excluded.incarnation, deleted_at = excluded.deleted_at"
                + " WHERE g.incarnation <> excluded.incarnation OR g.version <= excluded.version";
    }

    /** A text column is compared as it is, so that its index is used. */
    private static String theirs(TableInfo table, Erasure erasure) {
        String type = table.columns().get(erasure.column()).type();
        boolean text = type.endsWith("text") || type.endsWith("varchar\"");
        return "t." + PostgresSql.quoted(erasure.column()) + (text ? "" : "::text") + " = ANY (?::text[])";
    }

    private static int execute(Connection connection, String sql, Erasure erasure) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1, connection.createArrayOf("text", erasure.actors().toArray()));
            return statement.executeUpdate();
        }
    }
}
