package io.towpath.transforms.gate;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Whether a value without a schema fits a contract: what a reader of the contract would stumble over. */
public final class Conformance {

    private Conformance() {}

    /** The first field that does not fit, and why; no value is shown. */
    public static Optional<String> broken(Schema contract, Object value) {
        return broken(contract, value, "");
    }

    private static Optional<String> broken(Schema schema, Object value, String path) {
        if (value == null) {
            return schema.isOptional() ? Optional.empty() : sentence(path, "it is required, and null");
        }
        if (!fits(schema.type(), value)) {
            return sentence(path, "it is no " + schema.type());
        }
        return switch (schema.type()) {
            case STRUCT -> fields(schema, (Map<?, ?>) value, path);
            case ARRAY -> elements(schema.valueSchema(), (List<?>) value, path + "[]");
            case MAP -> elements(schema.valueSchema(), ((Map<?, ?>) value).values(), path + "{}");
            default -> Optional.empty();
        };
    }

    private static Optional<String> fields(Schema schema, Map<?, ?> map, String path) {
        for (Field field : schema.fields()) {
            String inside = path.isEmpty() ? field.name() : path + "." + field.name();
            boolean there = map.containsKey(field.name());
            boolean needed = !field.schema().isOptional() && field.schema().defaultValue() == null;
            Optional<String> broken = there
                    ? broken(field.schema(), map.get(field.name()), inside)
                    : needed ? sentence(inside, "it is required, and not there") : Optional.empty();
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> elements(Schema schema, Iterable<?> values, String path) {
        for (Object value : values) {
            Optional<String> broken = broken(schema, value, path);
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private static boolean fits(Schema.Type type, Object value) {
        return switch (type) {
            case INT8, INT16, INT32, INT64 ->
                value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
            case FLOAT32, FLOAT64 -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case STRING -> value instanceof String;
            case BYTES -> value instanceof String || value instanceof byte[] || value instanceof ByteBuffer;
            case ARRAY -> value instanceof List;
            case MAP, STRUCT -> value instanceof Map;
        };
    }

    private static Optional<String> sentence(String path, String reason) {
        return Optional.of((path.isEmpty() ? "the value itself" : "field " + path) + " breaks the contract: " + reason);
    }
}
