package io.towpath.jdbc.sql;

/**
 * Names a table.
 *
 * @param schema null for the one that the session's search path finds
 */
public record TableId(String schema, String name) implements Comparable<TableId> {

    /** {@code table} or {@code schema.table}. */
    public static TableId parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? new TableId(null, text) : new TableId(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public int compareTo(TableId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
