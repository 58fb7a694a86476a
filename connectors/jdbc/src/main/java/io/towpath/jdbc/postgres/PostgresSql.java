package io.towpath.jdbc.postgres;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import io.towpath.jdbc.sql.TableInfo.ColumnInfo;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.ConnectException;

/** The statements for one group of rows: each takes one text array per carried column. */
final class PostgresSql {
    private final TableInfo table;
    private final List<String> names;
    private final List<String> keys;

    PostgresSql(TableInfo table, RowGroup rows) {
        this.table = table;
        this.names = rows.carried().stream().map(Column::name).toList();
        this.keys = rows.shape().keyNames();
    }

    /** Whether the table wants a column that the rows lack, so that an INSERT fails even for a row that is there. */
    boolean lacksRequiredColumn() {
        return table.columns().values().stream()
                .anyMatch(column -> column.required() && !names.contains(column.name()));
    }

    String insert() {
        return "INSERT INTO " + quoted(table.id()) + " (" + list(names) + ") SELECT " + casts() + from();
    }

    String upsert() {
        List<String> others = others();
        String action = others.isEmpty()
                ? "DO NOTHING"
                : "DO UPDATE SET "
                        + others.stream()
                                .map(name -> quoted(name) + " = excluded." + quoted(name))
                                .collect(Collectors.joining(", "));
        return insert() + " ON CONFLICT (" + list(keys) + ") " + action;
    }

    String update() {
        String sets =
                others().stream().map(name -> quoted(name) + " = " + cast(name)).collect(Collectors.joining(", "));
        return "UPDATE " + quoted(table.id()) + " AS t SET " + sets + from() + " WHERE " + sameKey();
    }

    String insertMissing() {
        return insert() + " WHERE NOT EXISTS (SELECT 1 FROM " + quoted(table.id()) + " AS t WHERE " + sameKey() + ")";
    }

    String delete() {
        return "DELETE FROM " + quoted(table.id()) + " AS t USING " + rows() + " WHERE " + sameKey();
    }

    private List<String> others() {
        return names.stream().filter(name -> !keys.contains(name)).toList();
    }

    private String sameKey() {
        return keys.stream().map(key -> "t." + quoted(key) + " = " + cast(key)).collect(Collectors.joining(" AND "));
    }

    private String casts() {
        return names.stream().map(this::cast).collect(Collectors.joining(", "));
    }

    private String cast(String name) {
        ColumnInfo column = table.column(name)
                .orElseThrow(() -> new ConnectException(
                        "table " + table.id() + " has no column " + name + ": add it, or set schema.evolution=evolve"));
        return "x." + quoted(name) + "::" + column.type();
    }

    private String from() {
        return " FROM " + rows();
    }

    private String rows() {
        String arrays =
                IntStream.range(0, names.size()).mapToObj(i -> "?::text[]").collect(Collectors.joining(", "));
        return "unnest(" + arrays + ") AS x(" + list(names) + ")";
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
