package io.towpath.activity.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * What a column's value means, whatever Connect or Debezium packed it into: text, number, boolean, or a container.
 * Points in time become ISO-8601, bytes base64, decimals stay exact.
 */
public final class Scalar {

    private static final String VARIABLE_SCALE_DECIMAL = "io.debezium.data.VariableScaleDecimal";

    private Scalar() {}

    /**
     * {@code value} as String, Number, Boolean or null; a Struct, Map, List or JSON container comes back as it is.
     *
     * @param schema the value's schema; null where there is none
     */
    public static Object of(Object value, Schema schema) {
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            String name = schema == null ? null : schema.name();
            return name == null ? number : Times.of(name, number);
        }
        if (value instanceof Struct struct) {
            return VARIABLE_SCALE_DECIMAL.equals(struct.schema().name()) ? decimal(struct) : struct;
        }
        if (value instanceof JsonNode node) {
            return node(node);
        }
        if (value instanceof Date date) {
            return Times.of(schema == null ? null : schema.name(), date);
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return Base64.getEncoder().encodeToString(bytes(buffer));
        }
        return value;
    }

    /** {@code value} as text: strings as they are, containers as JSON; null for null. */
    public static String text(Object value, Schema schema) {
        Object scalar = of(value, schema);
        if (scalar == null || scalar instanceof String) {
            return (String) scalar;
        }
        if (scalar instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (scalar instanceof Number || scalar instanceof Boolean) {
            return scalar.toString();
        }
        return JsonText.of(scalar, schema);
    }

    private static Object node(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING -> null;
            default -> node;
        };
    }

    private static BigDecimal decimal(Struct struct) {
        Object unscaled = struct.get("value");
        byte[] bytes = unscaled instanceof ByteBuffer buffer ? bytes(buffer) : (byte[]) unscaled;
        return new BigDecimal(new BigInteger(bytes), struct.getInt32("scale"));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
