package io.towpath.jdbc.postgres;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import io.towpath.jdbc.sql.TableInfo.ColumnInfo;
import io.towpath.jdbc.sql.Widening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that make a table hold what the records carry: it creates, adds and widens, and never takes away. */
final class PostgresEvolution {
    private PostgresEvolution() {}

    static List<String> statements(TableId id, Optional<TableInfo> table, List<RowGroup> wanted) {
        Map<String, Column> columns = new LinkedHashMap<>();
        wanted.forEach(group -> group.carried().forEach(column -> columns.putIfAbsent(column.name(), column)));
        if (table.isEmpty()) {
            return List.of(create(id, columns, wanted.get(0).shape().keyNames()));
        }
        List<String> changes = new ArrayList<>();
        for (Column column : columns.values()) {
            change(table.get().column(column.name()), column).ifPresent(changes::add);
        }
        return changes.isEmpty()
                ? List.of()
                : List.of("ALTER TABLE " + PostgresSql.quoted(id) + " " + String.join(", ", changes));
    }

    private static Optional<String> change(Optional<ColumnInfo> present, Column column) {
        if (present.isEmpty()) {
            return Optional.of("ADD COLUMN IF NOT EXISTS " + definition(column));
        }
        return Widening.of(present.get().declared(), column.type())
                .map(type -> "ALTER COLUMN " + PostgresSql.quoted(column.name()) + " TYPE " + type);
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
