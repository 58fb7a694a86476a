package io.towpath.jdbc.postgres;

import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import io.towpath.jdbc.sql.TableInfo.ColumnInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What PostgreSQL's catalog knows of a table. */
final class PostgresCatalog {
    // The type's own name, never format_type(): a cast to varchar(3) or to character cuts a value off without a word.
    private static final String COLUMNS = """
            SELECT a.attname, quote_ident(n.nspname) || '.' || quote_ident(t.typname), t.typcategory = 'A',
                   t.typname IN ('json', 'jsonb'),
                   a.attnotnull AND NOT a.atthasdef AND a.attidentity = '', format_type(a.atttypid, a.atttypmod)
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            ORDER BY a.attnum""";

    // An index on an expression names no row by its columns: what it refuses is a bad record.
    private static final String KEYS = """
            SELECT i.indisprimary, array_agg(a.attname ORDER BY k.place)
            FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
            LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
              AND k.place <= i.indnkeyatts
            GROUP BY i.indexrelid, i.indisprimary
            HAVING bool_and(a.attname IS NOT NULL)""";

    private PostgresCatalog() {}

    static Optional<TableInfo> describe(Connection connection, TableId table) throws SQLException {
        Map<String, ColumnInfo> columns = columns(connection, table);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        List<String> primary = new ArrayList<>();
        List<List<String>> uniques = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setString(1, PostgresSql.quoted(table));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                List<String> names = List.of((String[]) rows.getArray(2).getArray());
                if (rows.getBoolean(1)) {
                    primary.addAll(names);
                } else {
                    uniques.add(names);
                }
            }
        }
        return Optional.of(new TableInfo(table, columns, primary, uniques));
    }

    private static Map<String, ColumnInfo> columns(Connection connection, TableId table) throws SQLException {
        Map<String, ColumnInfo> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, PostgresSql.quoted(table));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                String name = rows.getString(1);
                columns.put(
                        name,
                        new ColumnInfo(
                                name,
                                rows.getString(2),
                                rows.getString(6),
                                "",
                                rows.getBoolean(3),
                                rows.getBoolean(4),
                                rows.getBoolean(5)));
            }
        }
        return columns;
    }

    static boolean mayCreate(Connection connection, TableId table) throws SQLException {
        String sql = "SELECT has_schema_privilege(coalesce(?, current_schema()), 'CREATE')";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.schema());
            ResultSet rows = statement.executeQuery();
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** As {@link #lock}, in a space of its own, and shared by those that need not be alone. */
    static void takeTurn(Connection connection, String name, boolean alone) throws SQLException {
        String sql =
                "SELECT pg_advisory_xact_lock" + (alone ? "" : "_shared") + "(hashtext('towpath rows'), hashtext(?))";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    /** Waits for the advisory lock of {@code name}; it ends with the transaction. */
    static void lock(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext('towpath'), hashtext(?))")) {
            statement.setString(1, name);
            statement.execute();
        }
    }
}
