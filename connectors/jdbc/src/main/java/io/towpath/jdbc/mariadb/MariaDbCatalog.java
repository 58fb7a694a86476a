package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import io.towpath.jdbc.sql.TableInfo.ColumnInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What MariaDB's catalog knows of a table. */
final class MariaDbCatalog {
    private static final String COLUMNS = """
            SELECT column_name, column_type, is_nullable = 'NO' AND column_default IS NULL
                   AND extra NOT LIKE '%auto_increment%', concat(
                     if(character_set_name IS NULL, '',
                        concat(' CHARACTER SET ', character_set_name, ' COLLATE ', collation_name)),
                     if(is_nullable = 'NO', ' NOT NULL', ' NULL'),
                     if(column_default IS NULL, '', concat(' DEFAULT ', column_default)), ' ', extra,
                     if(column_comment = '', '', concat(' COMMENT ', quote(column_comment))),
                     coalesce((SELECT concat(' CHECK (', check_clause, ')')
                               FROM information_schema.check_constraints AS k
                               WHERE k.constraint_schema = c.table_schema AND k.table_name = c.table_name
                                 AND k.level = 'Column' AND k.constraint_name = c.column_name), ''))
            FROM information_schema.columns AS c
            WHERE table_schema = coalesce(?, database()) AND table_name = ? AND is_generated = 'NEVER'
            ORDER BY ordinal_position""";

    /** MySQL's own words for the same; a column's check is the table's there and outlives a change of the column. */
    private static final String COLUMNS_OF_MYSQL = """
            SELECT column_name, column_type, is_nullable = 'NO' AND column_default IS NULL
                   AND extra NOT LIKE '%auto_increment%', concat(
                     if(character_set_name IS NULL, '',
                        concat(' CHARACTER SET ', character_set_name, ' COLLATE ', collation_name)),
                     if(is_nullable = 'NO', ' NOT NULL', ' NULL'),
                     if(column_default IS NULL, '', concat(' DEFAULT ', if(extra LIKE '%DEFAULT_GENERATED%',
                        concat('(', column_default, ')'), quote(column_default)))),
                     ' ', replace(extra, 'DEFAULT_GENERATED', ''),
                     if(column_comment = '', '', concat(' COMMENT ', quote(column_comment))))
            FROM information_schema.columns
            WHERE table_schema = coalesce(?, database()) AND table_name = ? AND generation_expression = ''
            ORDER BY ordinal_position""";

    private static final String KEYS = """
            SELECT index_name, column_name FROM information_schema.statistics
            WHERE table_schema = coalesce(?, database()) AND table_name = ? AND non_unique = 0
            ORDER BY index_name, seq_in_index""";

    /** A lock's name has 64 characters at most. */
    private static final String LOCK = "concat('towpath.', md5(concat_ws('.', database(), ?)))";
    /** MySQL has no md5() any more since 9.6; MariaDB keeps the name, so that older tasks wait for newer ones. */
    private static final String LOCK_OF_MYSQL =
            "concat('towpath.', left(sha2(concat_ws('.', database(), ?), 256), 32))";

    private MariaDbCatalog() {}

    /** The driver knows since it connected. */
    static boolean isMySql(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().startsWith("MySQL");
    }

    static Optional<TableInfo> describe(Connection connection, TableId table) throws SQLException {
        Map<String, ColumnInfo> columns = new LinkedHashMap<>();
        String sql = isMySql(connection) ? COLUMNS_OF_MYSQL : COLUMNS;
        try (PreparedStatement statement = prepared(connection, sql, table)) {
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                String name = rows.getString(1);
                String type = rows.getString(2);
                columns.put(
                        name,
                        new ColumnInfo(
                                name,
                                type,
                                type.toLowerCase(Locale.ROOT),
                                rows.getString(4),
                                false,
                                false,
                                rows.getBoolean(3)));
            }
        }
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> keys = new LinkedHashMap<>();
        try (PreparedStatement statement = prepared(connection, KEYS, table)) {
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                keys.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        List<String> primary = keys.getOrDefault("PRIMARY", List.of());
        keys.remove("PRIMARY");
        return Optional.of(new TableInfo(table, columns, primary, List.copyOf(keys.values())));
    }

    /** Waits for the lock of {@code name} in this database; it belongs to the session, as a change of a table commits. */
    static void lock(Connection connection, String name) throws SQLException {
        String sql = "SELECT get_lock(" + lockName(connection) + ", @@lock_wait_timeout)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            ResultSet rows = statement.executeQuery();
            if (!rows.next() || rows.getInt(1) != 1) {
                throw new SQLTransientException("another task changes the table", "55P03");
            }
        }
    }

    static void unlock(Connection connection, String name) throws SQLException {
        String sql = "DO release_lock(" + lockName(connection) + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    private static String lockName(Connection connection) throws SQLException {
        return isMySql(connection) ? LOCK_OF_MYSQL : LOCK;
    }

    private static PreparedStatement prepared(Connection connection, String sql, TableId table) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, table.schema());
        statement.setString(2, table.name());
        return statement;
    }
}
