package io.towpath.jdbc.type;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The type of a value from its Connect schema: logical names first, plain types else. */
@SuppressWarnings("JavaUtilDate") // Connect's own logical types
public final class ValueTypes {
    private static final HexFormat HEX = HexFormat.of();

    private ValueTypes() {}

    /**
     * What values of {@code schema} are to a database.
     *
     * @param schema null for a value without a schema
     */
    public static ValueType of(Schema schema) {
        if (schema == null) {
            return new ValueType(SqlKind.TEXT, null, ValueTypes::schemaless);
        }
        LogicalType logical = schema.name() == null ? null : LogicalTypes.named(schema.name());
        if (logical != null) {
            return new ValueType(logical.kind(), schema, logical.text(), logical.micros(), null);
        }
        return plain(schema);
    }

    private static ValueType plain(Schema schema) {
        return switch (schema.type()) {
            case BOOLEAN -> new ValueType(SqlKind.BOOLEAN, schema, Object::toString);
            case INT8, INT16 -> new ValueType(SqlKind.SMALLINT, schema, Object::toString);
            case INT32 -> new ValueType(SqlKind.INTEGER, schema, Object::toString);
            case INT64 -> new ValueType(SqlKind.BIGINT, schema, Object::toString);
            case FLOAT32 -> new ValueType(SqlKind.REAL, schema, Object::toString);
            case FLOAT64 -> new ValueType(SqlKind.DOUBLE, schema, Object::toString);
            case STRING -> new ValueType(SqlKind.TEXT, schema, Object::toString);
            case BYTES -> new ValueType(SqlKind.BYTES, schema, value -> HEX.formatHex(bytes(value)));
            case ARRAY -> array(schema);
            case MAP, STRUCT -> new ValueType(SqlKind.JSON, schema, value -> Json.text(schema, value));
        };
    }

    private static ValueType array(Schema schema) {
        ValueType element = of(schema.valueSchema());
        boolean nested = element.kind() == SqlKind.JSON || element.kind() == SqlKind.ARRAY;
        return nested
                ? new ValueType(SqlKind.JSON, schema, value -> Json.text(schema, value))
                : new ValueType(SqlKind.ARRAY, schema, value -> Json.text(schema, value), null, element);
    }

    private static String schemaless(Object value) {
        if (value instanceof Map || value instanceof List) {
            return Json.text(null, value);
        }
        if (value instanceof Struct struct) {
            return Json.text(struct.schema(), struct);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] || value instanceof ByteBuffer) {
            return HEX.formatHex(bytes(value));
        }
        return value instanceof java.util.Date date ? date.toInstant().toString() : value.toString();
    }

    static byte[] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return (byte[]) value;
    }
}
