package io.towpath.activity;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** A row that came with a schema. */
record StructRow(Struct struct) implements Row {

    @Override
    public Set<String> columns() {
        return struct.schema().fields().stream().map(Field::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Object get(String column) {
        Field field = struct.schema().field(column);
        if (field == null) {
            return null;
        }
        // Struct.get(Field) answers a NULL with the column's default; the name-based lookup is paid only then
        Object value = struct.get(field);
        return value == field.schema().defaultValue() ? struct.getWithoutDefault(column) : value;
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
}
