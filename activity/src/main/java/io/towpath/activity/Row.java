package io.towpath.activity;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * One image of a database row: column name to value, in Connect's types. A view, never a copy: reading one column of a
 * wide row costs one column.
 */
public interface Row {

    /** The columns that this image carries, in the order of the source. */
    Set<String> columns();

    /** The value of {@code column}; null when it is SQL NULL or absent. */
    Object get(String column);

    /** The Connect schema of {@code column}; null when the source has no schemas or no such column. */
    Schema schema(String column);

    default boolean has(String column) {
        return columns().contains(column);
    }

    static Row of(Struct struct) {
        return new Row() {
            @Override
            public Set<String> columns() {
                return struct.schema().fields().stream()
                        .map(Field::name)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            }

            @Override
            public Object get(String column) {
                Field field = struct.schema().field(column);
                return field == null ? null : struct.get(field);
            }

            @Override
            public Schema schema(String column) {
                Field field = struct.schema().field(column);
                return field == null ? null : field.schema();
            }

            @Override
            public boolean has(String column) {
                return struct.schema().field(column) != null;
            }
        };
    }

    static Row of(Map<String, ?> map) {
        return new Row() {
            @Override
            public Set<String> columns() {
                return Collections.unmodifiableSet(map.keySet());
            }

            @Override
            public Object get(String column) {
                return map.get(column);
            }

            @Override
            public Schema schema(String column) {
                return null;
            }
        };
    }
}
