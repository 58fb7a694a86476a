package io.towpath.activity;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * One image of a database row: column name to value, in Connect's types. A view, never a copy: reading one column of a
 * wide row costs one column.
 */
public interface Row {

    /** The columns that this image carries, in the order of the source. */
    Set<String> columns();

    /** The value of {@code column}; null when it is SQL NULL or absent, never the column's default. */
    Object get(String column);

    /** The Connect schema of {@code column}; null when the source has no schemas or no such column. */
    Schema schema(String column);

    default boolean has(String column) {
        return columns().contains(column);
    }

    static Row of(Struct struct) {
        return new StructRow(struct);
    }

    static Row of(Map<String, ?> map) {
        return new MapRow(map);
    }

    /** The view of a {@link Struct} or {@link Map}; null for anything else. */
    static Row ofAny(Object structOrMap) {
        if (structOrMap instanceof Struct struct) {
            return new StructRow(struct);
        }
        if (structOrMap instanceof Map<?, ?> map) {
            return new MapRow(map);
        }
        return null;
    }
}
