package io.towpath.jdbc.postgres;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import io.towpath.jdbc.sql.TableInfo.ColumnInfo;
import io.towpath.jdbc.sql.WantedColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that make a table hold what the records carry: it creates, adds and widens, and never takes away. */
final class PostgresEvolution {
    private PostgresEvolution() {}

    static List<String> statements(TableId id, Optional<TableInfo> table, List<RowGroup> wanted) {
        Collection<WantedColumn> columns = WantedColumn.of(wanted);
        if (table.isEmpty()) {
            return List.of(create(id, columns, wanted.get(0).shape().keyNames()));
        }
        List<String> changes = new ArrayList<>();
        for (WantedColumn column : columns) {
            change(table.get().column(column.name()), column).ifPresent(changes::add);
        }
        return changes.isEmpty()
                ? List.of()
                : List.of("ALTER TABLE " + PostgresSql.quoted(id) + " " + String.join(", ", changes));
    }

    private static Optional<String> change(Optional<ColumnInfo> present, WantedColumn column) {
        if (present.isEmpty()) {
            return Optional.of("ADD COLUMN IF NOT EXISTS " + definition(column));
        }
        return column.wider(present.get().declared())
                .map(type -> "ALTER COLUMN " + PostgresSql.quoted(column.name()) + " TYPE " + type);
    }

    private static String create(TableId id, Collection<WantedColumn> columns, List<String> keys) {
        String definitions = columns.stream().map(PostgresEvolution::definition).collect(Collectors.joining(", "));
        String key = keys.isEmpty()
                ? ""
                : keys.stream().map(PostgresSql::quoted).collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        return "CREATE TABLE IF NOT EXISTS " + PostgresSql.quoted(id) + " (" + definitions + key + ")";
    }

    private static String definition(WantedColumn column) {
        return PostgresSql.quoted(column.name()) + " "
                + column.widest(PostgresTypes.name(column.column().type()));
    }
}
