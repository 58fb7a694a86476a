package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that make a table hold what the records carry: it creates and adds, and never takes away. */
final class MariaDbEvolution {
    private MariaDbEvolution() {}

    static List<String> statements(TableId id, Optional<TableInfo> table, List<RowGroup> wanted) {
        Map<String, Column> columns = new LinkedHashMap<>();
        wanted.forEach(group -> group.carried().forEach(column -> columns.putIfAbsent(column.name(), column)));
        List<String> keys = wanted.get(0).shape().keyNames();
        if (table.isEmpty()) {
            return List.of(create(id, columns, keys));
        }
        return columns.values().stream()
                .filter(column -> table.get().column(column.name()).isEmpty())
                .map(column -> "ALTER TABLE " + MariaDbSql.quoted(id) + " ADD COLUMN IF NOT EXISTS "
                        + definition(column, keys))
                .toList();
    }

    private static String create(TableId id, Map<String, Column> columns, List<String> keys) {
        String definitions = columns.values().stream()
                .map(column -> definition(column, keys))
                .collect(Collectors.joining(", "));
        String key = keys.isEmpty()
                ? ""
                : keys.stream().map(MariaDbSql::quoted).collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        return "CREATE TABLE IF NOT EXISTS " + MariaDbSql.quoted(id) + " (" + definitions + key
                + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    }

    private static String definition(Column column, List<String> keys) {
        return MariaDbSql.quoted(column.name()) + " " + MariaDbTypes.name(column.type(), keys.contains(column.name()));
    }
}
