package io.towpath.jdbc.postgres;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that make a table hold what the records carry: it creates and adds, and never takes away. */
final class PostgresEvolution {
    private PostgresEvolution() {}

    static List<String> statements(TableId id, Optional<TableInfo> table, List<RowGroup> wanted) {
        Map<String, Column> columns = new LinkedHashMap<>();
        wanted.forEach(group -> group.carried().forEach(column -> columns.putIfAbsent(column.name(), column)));
        if (table.isEmpty()) {
            return List.of(create(id, columns, wanted.get(0).shape().keyNames()));
        }
        List<String> statements = new ArrayList<>();
        columns.values().stream()
                .filter(column -> table.get().column(column.name()).isEmpty())
                .forEach(column -> statements.add(
                        "ALTER TABLE " + PostgresSql.quoted(id) + " ADD COLUMN IF NOT EXISTS " + definition(column)));
        return statements;
    }

    private static String create(TableId id, Map<String, Column> columns, List<String> keys) {
        String definitions =
                columns.values().stream().map(PostgresEvolution::definition).collect(Collectors.joining(", "));
        String key = keys.isEmpty()
                ? ""
                : keys.stream().map(PostgresSql::quoted).collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        return "CREATE TABLE IF NOT EXISTS " + PostgresSql.quoted(id) + " (" + definitions + key + ")";
    }

    private static String definition(Column column) {
        return PostgresSql.quoted(column.name()) + " " + PostgresTypes.name(column.type());
    }
}
