package io.towpath.jdbc.sql;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as the catalog describes it.
 *
 * @param columns by name, in the table's order
 * @param primaryKey empty for none
 * @param uniques column lists of further unique constraints and indexes, the primary key not among them
 */
public record TableInfo(
        TableId id, Map<String, ColumnInfo> columns, List<String> primaryKey, List<List<String>> uniques) {

    /**
     * One column.
     *
     * @param type as SQL that a value may be cast to, without a length
     * @param declared the same as it was declared, with its length, in lower case
     * @param attributes SQL that a new definition of the column must repeat; empty where it keeps them by itself
     * @param array whether it is an array type
     * @param json whether it holds JSON
     * @param required whether it refuses NULL and has no default
     */
    public record ColumnInfo(
            String name,
            String type,
            String declared,
            String attributes,
            boolean array,
            boolean json,
            boolean required) {}

    public Optional<ColumnInfo> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    /** Whether it wants a column that is not among {@code names}, so that an INSERT without it fails. */
    public boolean requiresMoreThan(Collection<String> names) {
        return columns.values().stream().anyMatch(column -> column.required() && !names.contains(column.name()));
    }

    /** Whether the database itself refuses two rows of one key. */
    public boolean isUnique(List<String> key) {
        return sameColumns(primaryKey, key) || uniques.stream().anyMatch(unique -> sameColumns(unique, key));
    }

    private static boolean sameColumns(List<String> one, List<String> other) {
        return !one.isEmpty() && one.size() == other.size() && one.containsAll(other);
    }
}
