package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.plan.Erasure;
import io.towpath.jdbc.plan.Guard;
import io.towpath.jdbc.sql.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Deletes an actor's rows in MariaDB. */
final class MariaDbErasure {
    private MariaDbErasure() {}

    static int erase(Connection connection, TableInfo table, Erasure erasure) throws SQLException {
        List<String> keys = erasure.keysOf(table);
        if (erasure.remembers(table) && !keys.isEmpty()) {
            execute(connection, bury(table, keys, erasure), table, erasure);
        }
        String delete = "DELETE t FROM " + MariaDbSql.quoted(table.id()) + " AS t WHERE " + theirs(table, erasure);
        return execute(connection, delete, table, erasure);
    }

    /** A replay of the deleted image has the row's own version: one more holds it back too. */
    private static String bury(TableInfo table, List<String> keys, Erasure erasure) {
        Guard guard = erasure.guard();
        String tombstones = MariaDbSql.quoted(guard.tombstones());
        String key = keys.stream()
                .map(name -> "t." + MariaDbSql.quoted(name))
                .collect(Collectors.joining(", ", "concat_ws(char(31), ", ")"));
        String version = "t." + MariaDbSql.quoted(guard.version());
        String incarnation = "t." + MariaDbSql.quoted(guard.incarnation());
        return "INSERT INTO " + tombstones + " (table_name, row_key, version, incarnation, deleted_at) SELECT "
                + MariaDbSql.literal(table.id().toString()) + ", " + key + ", " + version + " + 1, " + incarnation
                + ", utc_timestamp() FROM " + MariaDbSql.quoted(table.id()) + " AS t WHERE " + theirs(table, erasure)
                + " AND " + version + " IS NOT NULL AND " + incarnation + " IS NOT NULL"
                + " ON DUPLICATE KEY UPDATE version = IF(" + tombstones
                + ".incarnation = VALUES(incarnation), greatest("
                + tombstones + ".version, VALUES(version)), VALUES(version)), incarnation = VALUES(incarnation),"
                + " deleted_at = VALUES(deleted_at)";
    }

    /**
     * Compared byte by byte: a collation may hold two names for one, and a number is compared with a text as a rounded
     * one. A text column is compared by its collation first, so that its index is used.
     */
    private static String theirs(TableInfo table, Erasure erasure) {
        String column = "t." + MariaDbSql.quoted(erasure.column());
        String names =
                " IN (" + String.join(", ", Collections.nCopies(erasure.actors().size(), "?")) + ")";
        String exact = "CAST(CONVERT(" + column + " USING utf8mb4) AS BINARY)" + names;
        return isText(table, erasure) ? column + names + " AND " + exact : exact;
    }

    private static boolean isText(TableInfo table, Erasure erasure) {
        String type = table.columns().get(erasure.column()).type().toLowerCase(Locale.ROOT);
        return type.contains("char") || type.contains("text");
    }

    private static int execute(Connection connection, String sql, TableInfo table, Erasure erasure)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (int time = 0; time < (isText(table, erasure) ? 2 : 1); time++) {
                for (String actor : erasure.actors()) {
                    statement.setString(parameter++, actor);
                }
            }
            return statement.executeUpdate();
        }
    }
}
