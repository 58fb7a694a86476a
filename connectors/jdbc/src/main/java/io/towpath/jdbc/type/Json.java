package io.towpath.jdbc.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Nested values as JSON text: numbers and booleans as such, everything else as {@link ValueType#text} writes it. */
final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static String text(Schema schema, Object value) {
        return node(schema, value).toString();
    }

    private static JsonNode node(Schema schema, Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Struct struct) {
            return object(struct);
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, entry) -> object.set(String.valueOf(key), node(valueSchema(schema), entry)));
            return object;
        }
        if (value instanceof Collection<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(entry -> array.add(node(valueSchema(schema), entry)));
            return array;
        }
        return leaf(schema, value);
    }

    private static JsonNode object(Struct struct) {
        ObjectNode object = NODES.objectNode();
        for (Field field : struct.schema().fields()) {
            object.set(field.name(), node(field.schema(), struct.get(field)));
        }
        return object;
    }

    private static JsonNode leaf(Schema schema, Object value) {
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        boolean logical = schema != null && schema.name() != null && LogicalTypes.named(schema.name()) != null;
        if (value instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        if (value instanceof Number number && !logical) {
            return number instanceof Double || number instanceof Float
                    ? NODES.numberNode(number.doubleValue())
                    : NODES.numberNode(number.longValue());
        }
        return NODES.textNode(ValueTypes.of(schema).text().apply(value));
    }

    private static Schema valueSchema(Schema schema) {
        return schema == null ? null : schema.valueSchema();
    }
}
