package io.towpath.activity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Gives plain test values the Connect schemas that fit them, so that a case written once runs with and without. */
public final class Inferred {

    private Inferred() {}

    /** Maps become structs, all through. */
    public static Object withSchema(Object value) {
        return value == null ? null : convert(value, schema(value));
    }

    private static Schema schema(Object value) {
        if (value instanceof Map<?, ?> map) {
            SchemaBuilder builder = SchemaBuilder.struct().optional();
            map.forEach((name, inside) -> builder.field((String) name, schema(inside)));
            return builder.build();
        }
        if (value instanceof List<?> list) {
            Schema element = list.isEmpty() ? Schema.OPTIONAL_STRING_SCHEMA : schema(list.get(0));
            return SchemaBuilder.array(element).optional().build();
        }
        if (value instanceof Integer || value instanceof Long) {
            return Schema.OPTIONAL_INT64_SCHEMA;
        }
        if (value instanceof Boolean) {
            return Schema.OPTIONAL_BOOLEAN_SCHEMA;
        }
        return value instanceof Double ? Schema.OPTIONAL_FLOAT64_SCHEMA : Schema.OPTIONAL_STRING_SCHEMA;
    }

    private static Object convert(Object value, Schema schema) {
        if (value instanceof Map<?, ?> map) {
            Struct struct = new Struct(schema);
            schema.fields().forEach(field -> struct.put(field, convert(map.get(field.name()), field.schema())));
            return struct;
        }
        if (value instanceof List<?> list) {
            List<Object> converted = new ArrayList<>();
            list.forEach(element -> converted.add(convert(element, schema.valueSchema())));
            return converted;
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }
}
