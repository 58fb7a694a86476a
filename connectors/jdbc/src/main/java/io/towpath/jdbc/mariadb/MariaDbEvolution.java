package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import io.towpath.jdbc.sql.TableInfo.ColumnInfo;
import io.towpath.jdbc.sql.WantedColumn;
import io.towpath.jdbc.type.SqlKind;
import io.towpath.jdbc.type.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that make a table hold what the records carry: it creates, adds and widens, and never takes away. */
final class MariaDbEvolution {
    private final boolean mysql;

    MariaDbEvolution(boolean mysql) {
        this.mysql = mysql;
    }

    List<String> statements(TableId id, Optional<TableInfo> table, List<RowGroup> wanted) {
        Collection<WantedColumn> columns = WantedColumn.of(wanted);
        List<String> keys = wanted.get(0).shape().keyNames();
        if (table.isEmpty()) {
            return List.of(create(id, columns, keys));
        }
        List<String> changes = new ArrayList<>();
        for (WantedColumn column : columns) {
            change(table.get().column(column.name()), column, keys).ifPresent(changes::add);
        }
        return changes.isEmpty()
                ? List.of()
                : List.of("ALTER TABLE " + MariaDbSql.quoted(id) + " " + String.join(", ", changes));
    }

    private Optional<String> change(Optional<ColumnInfo> present, WantedColumn column, List<String> keys) {
        if (present.isEmpty()) {
            return Optional.of("ADD COLUMN " + definition(column, keys));
        }
        return column.wider(present.get().declared())
                .map(type -> "MODIFY COLUMN " + MariaDbSql.quoted(column.name()) + " " + type
                        + present.get().attributes());
    }

    private String create(TableId id, Collection<WantedColumn> columns, List<String> keys) {
        String definitions =
                columns.stream().map(column -> definition(column, keys)).collect(Collectors.joining(", "));
        String key = keys.isEmpty()
                ? ""
                : keys.stream().map(MariaDbSql::quoted).collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        return "CREATE TABLE IF NOT EXISTS " + MariaDbSql.quoted(id) + " (" + definitions + key
                + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    }

    private String definition(WantedColumn column, List<String> keys) {
        ValueType type = column.column().type();
        String name = mysql && type.kind() == SqlKind.UUID
                ? "char(36)"
                : MariaDbTypes.name(type, keys.contains(column.name()));
        return MariaDbSql.quoted(column.name()) + " " + column.widest(name);
    }
}
