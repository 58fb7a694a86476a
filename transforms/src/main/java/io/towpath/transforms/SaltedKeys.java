package io.towpath.transforms;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * How a key carries a salt, and how it is found again. Text and numbers become {@code text#salt}; a struct or map gets one
 * more field. The header says what the key was, as {@code type:text}, so that it survives a header converter that guesses
 * types.
 */
final class SaltedKeys {

    /** The header that a salted record carries. */
    static final String HEADER = "towpath.salted.key";

    /** The field that a salted struct or map carries. */
    static final String FIELD = "__salt";

    private static final int SCHEMAS = 64;

    private final SchemaCache<Schema> salted = new SchemaCache<>(SCHEMAS, SaltedKeys::withSalt);
    private final SchemaCache<Schema> plain = new SchemaCache<>(SCHEMAS, SaltedKeys::withoutSalt);

    /**
     * What the header says: {@code string:7}, {@code int64:7}, with {@code ?} behind the type of an optional schema and
     * {@code -} where there is none; null for a key that cannot be salted and found again (logical types, lists).
     */
    static String describe(Schema schema, Object key, String text) {
        if (key instanceof Struct) {
            return "struct:";
        }
        if (key instanceof Map) {
            return schema == null ? "map:" : null;
        }
        Schema.Type type = schema == null ? ConnectSchema.schemaType(key.getClass()) : schema.type();
        if (key instanceof String) {
            return "string:" + text;
        }
        if (type == null || !type.isPrimitive() || (schema != null && !plainPrimitive(schema))) {
            return null;
        }
        String tail = schema == null ? "-:" : schema.isOptional() ? "?:" : ":";
        return type.getName() + tail + text;
    }

    private static boolean plainPrimitive(Schema schema) {
        SchemaBuilder bare = new SchemaBuilder(schema.type());
        return schema.equals((schema.isOptional() ? bare.optional() : bare).build());
    }

    SchemaAndValue salt(Schema schema, Object key, String saltedText, int salt) {
        if (key instanceof Struct struct) {
            Struct copy = new Struct(salted.get(struct.schema()));
            struct.schema().fields().forEach(field -> copy.put(field.name(), struct.getWithoutDefault(field.name())));
            return new SchemaAndValue(copy.schema(), copy.put(FIELD, salt));
        }
        if (key instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            copy.put(FIELD, salt);
            return new SchemaAndValue(schema, copy);
        }
        return new SchemaAndValue(key instanceof String ? schema : textSchema(schema), saltedText);
    }

    private static Schema textSchema(Schema schema) {
        return schema == null ? null : schema.isOptional() ? Schema.OPTIONAL_STRING_SCHEMA : Schema.STRING_SCHEMA;
    }

    /** @throws DataException the header is not one that {@link #describe} wrote */
    SchemaAndValue unsalt(String description, Schema schema, Object key) {
        if (key instanceof Struct struct) {
            Struct copy = new Struct(plain.get(struct.schema()));
            copy.schema().fields().forEach(field -> copy.put(field, struct.getWithoutDefault(field.name())));
            return new SchemaAndValue(copy.schema(), copy);
        }
        if (key instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            copy.remove(FIELD);
            return new SchemaAndValue(schema, copy);
        }
        int colon = description.indexOf(':');
        if (colon < 0) {
            throw new DataException("header " + HEADER + " is not of the form type:text");
        }
        String type = description.substring(0, colon);
        String text = description.substring(colon + 1);
        return type.equals("string") ? new SchemaAndValue(schema, text) : number(type, text);
    }

    private static SchemaAndValue number(String tag, String text) {
        boolean optional = tag.endsWith("?");
        boolean without = tag.endsWith("-");
        String name = optional || without ? tag.substring(0, tag.length() - 1) : tag;
        for (Schema.Type type : Schema.Type.values()) {
            if (type.isPrimitive() && type.getName().equals(name)) {
                SchemaBuilder builder = new SchemaBuilder(type);
                Schema schema = without ? null : (optional ? builder.optional() : builder).build();
                return new SchemaAndValue(schema, value(type, text));
            }
        }
        throw new DataException("header " + HEADER + " does not start with a type that SaltKey writes");
    }

    private static Object value(Schema.Type type, String text) {
        try {
            return switch (type) {
                case INT8 -> Byte.valueOf(text);
                case INT16 -> Short.valueOf(text);
                case INT32 -> Integer.valueOf(text);
                case INT64 -> Long.valueOf(text);
                case FLOAT32 -> Float.valueOf(text);
                case FLOAT64 -> Double.valueOf(text);
                case BOOLEAN -> bool(text);
                case BYTES -> Base64.getDecoder().decode(text);
                default -> text;
            };
        } catch (IllegalArgumentException notOfTheType) {
            throw new DataException("header " + HEADER + " holds no " + type.getName());
        }
    }

    private static Boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.valueOf(text);
    }

    void close() {
        salted.clear();
        plain.clear();
    }

    private static Schema withSalt(Schema schema) {
        SchemaBuilder builder = shell(schema);
        schema.fields().forEach(field -> builder.field(field.name(), field.schema()));
        return builder.field(FIELD, Schema.INT32_SCHEMA).build();
    }

    private static Schema withoutSalt(Schema schema) {
        SchemaBuilder builder = shell(schema);
        for (Field field : schema.fields()) {
            if (!field.name().equals(FIELD)) {
                builder.field(field.name(), field.schema());
            }
        }
        return builder.build();
    }

    private static SchemaBuilder shell(Schema schema) {
        SchemaBuilder builder = SchemaBuilder.struct()
                .name(schema.name())
                .version(schema.version())
                .doc(schema.doc());
        if (schema.parameters() != null) {
            builder.parameters(schema.parameters());
        }
        return schema.isOptional() ? builder.optional() : builder.required();
    }
}
