package io.towpath.activity.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activity.rule.Images.Which;
import io.towpath.activity.value.JsonText;
import io.towpath.activity.value.Scalar;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Names a column, or a field inside one: {@code id}, {@code before.status}, {@code address.city}. Descends into structs,
 * maps and JSON.
 *
 * @param which the row it starts from
 * @param column the column
 * @param rest what to descend into, mostly nothing
 */
record Path(Which which, String column, List<String> rest) {

    static Path parse(String text) throws Mistake {
        List<String> parts = List.of(text.strip().split("\\.", -1));
        if (parts.stream().anyMatch(part -> part.isEmpty() || part.matches(".*[\\s${}'\"(),=*].*"))) {
            throw new Mistake("given '" + text + "', wanted a column, optionally with before. or after. ahead of it "
                    + "and .field behind it");
        }
        Which which = which(parts);
        List<String> names = which == Which.CURRENT ? parts : parts.subList(1, parts.size());
        return new Path(which, names.get(0), names.subList(1, names.size()));
    }

    private static Which which(List<String> parts) {
        boolean prefixed = parts.size() > 1;
        if (prefixed && parts.get(0).equals("before")) {
            return Which.BEFORE;
        }
        return prefixed && parts.get(0).equals("after") ? Which.AFTER : Which.CURRENT;
    }

    /** Whether {@code other} is this very place or lies inside it. */
    boolean covers(Path other) {
        return which == other.which
                && column.equals(other.column)
                && rest.size() <= other.rest.size()
                && rest.equals(other.rest.subList(0, rest.size()));
    }

    /** The value as text; null when it is NULL or not there. */
    String text(Images images) {
        Object value = images.get(which, column);
        if (value == null || value == Images.ABSENT) {
            return null;
        }
        Schema schema = images.schema(which, column);
        for (String name : rest) {
            value = open(value, schema);
            schema = schemaInside(value, schema, name);
            value = inside(value, name);
        }
        return Scalar.text(value, schema);
    }

    /** The JSON text of the object that stands there, as a container or as JSON text; null for anything else. */
    String object(Images images) {
        String text = text(images);
        JsonNode tree = text == null ? null : JsonText.parse(text);
        return tree == null || !tree.isObject() ? null : tree.toString();
    }

    /** JSON that came as text becomes a tree; everything else stays. */
    static Object open(Object value, Schema schema) {
        boolean json = value instanceof String && schema != null && JsonText.JSON.equals(schema.name());
        return json ? JsonText.parse((String) value) : value;
    }

    static Object inside(Object container, String name) {
        if (container instanceof Struct struct) {
            return struct.schema().field(name) == null ? null : struct.getWithoutDefault(name);
        }
        if (container instanceof Map<?, ?> map) {
            return map.get(name);
        }
        return container instanceof JsonNode node ? node.get(name) : null;
    }

    static Schema schemaInside(Object container, Schema schema, String name) {
        if (container instanceof Struct struct) {
            Field field = struct.schema().field(name);
            return field == null ? null : field.schema();
        }
        boolean typedMap = container instanceof Map && schema != null && schema.type() == Schema.Type.MAP;
        return typedMap ? schema.valueSchema() : null;
    }
}
