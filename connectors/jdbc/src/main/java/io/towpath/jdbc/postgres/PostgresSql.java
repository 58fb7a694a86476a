package io.towpath.jdbc.postgres;

import io.towpath.jdbc.plan.Guard;
import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import io.towpath.jdbc.sql.TableInfo.ColumnInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.ConnectException;

/** The statements for one group of rows: each takes one array per carried column. */
final class PostgresSql {
    /** Counts the rows as they came. */
    private static final String TURN = "__towpath_turn";

    private final TableInfo table;
    private final List<String> names;
    private final List<String> keys;
    private final Guard guard;
    private final int size;
    private final Map<String, PostgresColumn> columns = new LinkedHashMap<>();

    PostgresSql(TableInfo table, RowGroup rows) throws SQLException {
        this.guard = rows.guard();
        this.table = table;
        this.names = rows.carried().stream().map(Column::name).toList();
        this.keys = rows.shape().keyNames();
        this.size = rows.rows().size();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            ColumnInfo column = table.column(name)
                    .orElseThrow(() -> new ConnectException("table " + table.id() + " has no column " + name
                            + ": add it, or set schema.evolution=evolve"));
            // Tombstones know a key as text.
            boolean asText = guard != null && keys.contains(name);
            columns.put(name, PostgresColumn.of(rows, i, column, asText));
        }
    }

    /** {@code sql}, one of the statements below or made of their parts, with its arrays. */
    PreparedStatement bound(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        int index = 0;
        for (PostgresColumn column : columns.values()) {
            statement.setArray(++index, connection.createArrayOf(column.element(), column.values()));
        }
        if (guard != null) {
            Integer[] turns = IntStream.range(0, size).boxed().toArray(Integer[]::new);
            statement.setArray(++index, connection.createArrayOf("int4", turns));
        }
        return statement;
    }

    int execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = bound(connection, sql)) {
            return statement.executeUpdate();
        }
    }

    int size() {
        return size;
    }

    /** Whether the table wants a column that the rows lack, so that an INSERT fails even for a row that is there. */
    boolean lacksRequiredColumn() {
        return table.requiresMoreThan(names);
    }

    String insert() {
        return "INSERT INTO " + quoted(table.id()) + " AS t (" + list(names) + ") SELECT " + casts() + from();
    }

    String upsert() {
        List<String> others = others();
        String action = others.isEmpty()
                ? "DO NOTHING"
                : "DO UPDATE SET "
                        + others.stream()
                                .map(name -> quoted(name) + " = excluded." + quoted(name))
                                .collect(Collectors.joining(", "));
        String alive = guard == null ? "" : " WHERE " + alive();
        // A join with the tombstones need not keep the order in which the rows came.
        String turn = guard == null ? "" : " ORDER BY x." + TURN;
        String newer = guard == null || others.isEmpty()
                ? ""
                : " WHERE " + newer("excluded." + quoted(guard.version()), "excluded." + quoted(guard.incarnation()));
        return insert() + alive + turn + " ON CONFLICT (" + list(keys) + ") " + action + newer;
    }

    String update() {
        String sets =
                others().stream().map(name -> quoted(name) + " = " + cast(name)).collect(Collectors.joining(", "));
        return "UPDATE " + quoted(table.id()) + " AS t SET " + sets + from() + " WHERE " + sameKey()
                + (guard == null ? "" : " AND (" + newerThanTable() + ")");
    }

    String insertMissing() {
        return insert() + " WHERE NOT EXISTS (SELECT 1 FROM " + quoted(table.id()) + " AS t WHERE " + sameKey() + ")"
                + (guard == null ? "" : " AND " + alive());
    }

    String delete() {
        return "DELETE FROM " + quoted(table.id()) + " AS t USING " + rows() + " WHERE " + sameKey();
    }

    /** The row of the table gives way to one of {@code version} and {@code incarnation}. */
    private String newer(String version, String incarnation) {
        String stored = "t." + quoted(guard.version());
        String same = "t." + quoted(guard.incarnation()) + " = " + incarnation;
        return "(" + stored + " IS NULL OR (" + same + " AND " + stored + " <= " + version + ")"
                + (guard.acceptNew() ? " OR t." + quoted(guard.incarnation()) + " <> " + incarnation : "") + ")";
    }

    String newerThanTable() {
        return newer(cast(guard.version()), cast(guard.incarnation()));
    }

    /** No newer deletion of the row is remembered. */
    private String alive() {
        return "NOT EXISTS (SELECT 1 FROM " + quoted(guard.tombstones()) + " AS g WHERE g.table_name = "
                + literal(table.id().toString()) + " AND g.row_key = " + keyText() + " AND g.incarnation = x."
                + quoted(guard.incarnation()) + " AND g.version > x." + quoted(guard.version()) + "::bigint)";
    }

    /** The row's key as one text. */
    String keyText() {
        return keys.stream()
                .map(key -> "x." + quoted(key))
                .collect(Collectors.joining(", ", "concat_ws(chr(31), ", ")"));
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private List<String> others() {
        return names.stream().filter(name -> !keys.contains(name)).toList();
    }

    String sameKey() {
        return keys.stream().map(key -> "t." + quoted(key) + " = " + cast(key)).collect(Collectors.joining(" AND "));
    }

    private String casts() {
        return names.stream().map(this::cast).collect(Collectors.joining(", "));
    }

    private String cast(String name) {
        return columns.get(name).expression("x." + quoted(name));
    }

    private String from() {
        return " FROM " + rows();
    }

    /** Arrays that are unnested in the list of what is selected step side by side; in FROM each is first set aside. */
    String rows() {
        String arrays = columns.values().stream()
                .map(column -> "unnest(?::" + column.element() + "[]) AS " + quoted(column.name()))
                .collect(Collectors.joining(", "));
        return "(SELECT " + arrays + (guard == null ? "" : ", unnest(?::int4[]) AS " + TURN) + ") AS x";
    }

    private static String list(List<String> names) {
        return names.stream().map(PostgresSql::quoted).collect(Collectors.joining(", "));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoted(TableId table) {
        return table.schema() == null ? quoted(table.name()) : quoted(table.schema()) + "." + quoted(table.name());
    }
}
