package io.towpath.transforms.gate;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Connect schemas as Avro's, as registries' converters do it: optional is a union with null, with null as default. */
final class AvroSchemas {

    private AvroSchemas() {}

    static Schema of(org.apache.kafka.connect.data.Schema schema) {
        Schema bare = bare(schema);
        if (!schema.isOptional()) {
            return bare;
        }
        Schema none = Schema.create(Schema.Type.NULL);
        return schema.defaultValue() == null ? Schema.createUnion(none, bare) : Schema.createUnion(bare, none);
    }

    private static Schema bare(org.apache.kafka.connect.data.Schema schema) {
        return switch (schema.type()) {
            case INT32 -> Schema.create(Schema.Type.INT);
            case INT64 -> Schema.create(Schema.Type.LONG);
            case FLOAT32 -> Schema.create(Schema.Type.FLOAT);
            case FLOAT64 -> Schema.create(Schema.Type.DOUBLE);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case STRING -> Schema.create(Schema.Type.STRING);
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case ARRAY -> Schema.createArray(of(schema.valueSchema()));
            case MAP -> Schema.createMap(of(schema.valueSchema()));
            case STRUCT -> record(schema);
            default -> throw new IllegalArgumentException(schema.type().name());
        };
    }

    private static Schema record(org.apache.kafka.connect.data.Schema schema) {
        List<Field> fields = new ArrayList<>();
        schema.fields().forEach(field -> {
            Schema type = of(field.schema());
            Object fallback = field.schema().defaultValue();
            boolean none = fallback == null && field.schema().isOptional();
            fields.add(new Field(field.name(), type, null, none ? JsonProperties.NULL_VALUE : fallback));
        });
        return Schema.createRecord(schema.name(), null, null, false, fields);
    }

    /** A default for a field of {@code type}; null where the generator gives none. */
    static Object sample(org.apache.kafka.connect.data.Schema.Type type) {
        return switch (type) {
            case INT32 -> 1;
            case INT64 -> 1L;
            case FLOAT32 -> 1.5f;
            case FLOAT64 -> 1.5d;
            case BOOLEAN -> true;
            case STRING -> "x";
            default -> null;
        };
    }
}
