package io.towpath.transforms;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Records as YAML: topic, key, value, headers, timestamp; with a schema that fits, or without. */
public final class Records {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Records() {}

    public static Map<String, Object> yaml(String text) {
        try {
            return YAML.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SourceRecord schemaless(Map<String, Object> record) {
        return record(record, false);
    }

    public static SourceRecord schemaless(String yaml) {
        return record(yaml(yaml), false);
    }

    public static SourceRecord withSchema(Map<String, Object> record) {
        return record(record, true);
    }

    public static SourceRecord withSchema(String yaml) {
        return record(yaml(yaml), true);
    }

    /** The record as YAML would write it; null for a dropped one. */
    public static Map<String, Object> plain(SourceRecord record) {
        if (record == null) {
            return null;
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("topic", record.topic());
        plain.put("key", plain(record.key()));
        plain.put("value", plain(record.value()));
        Map<String, Object> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), plain(header.value())));
        if (!headers.isEmpty()) {
            plain.put("headers", headers);
        }
        return plain;
    }

    private static SourceRecord record(Map<String, Object> yaml, boolean schemas) {
        Object key = schemas ? convert(yaml.get("key")) : yaml.get("key");
        Object value = schemas ? convert(yaml.get("value")) : yaml.get("value");
        Number timestamp = (Number) yaml.get("timestamp");
        SourceRecord record = new SourceRecord(
                Map.of(),
                Map.of(),
                (String) yaml.getOrDefault("topic", "topic"),
                null,
                schemas ? schema(key) : null,
                key,
                schemas ? schema(value) : null,
                value,
                timestamp == null ? null : timestamp.longValue());
        if (yaml.get("headers") instanceof Map<?, ?> headers) {
            headers.forEach((name, text) -> record.headers().addString((String) name, (String) text));
        }
        return record;
    }

    private static Schema schema(Object value) {
        if (value instanceof Struct struct) {
            return struct.schema();
        }
        return value == null ? null : inferred(value);
    }

    private static Object convert(Object value) {
        return value == null ? null : fit(value, inferred(value));
    }

    private static Schema inferred(Object value) {
        if (value instanceof Map<?, ?> map) {
            SchemaBuilder builder = SchemaBuilder.struct().optional();
            map.forEach((name, inside) -> builder.field((String) name, inferred(inside)));
            return builder.build();
        }
        if (value instanceof List<?> list) {
            return SchemaBuilder.array(inferred(list.get(0))).optional().build();
        }
        if (value instanceof Integer || value instanceof Long) {
            return Schema.OPTIONAL_INT64_SCHEMA;
        }
        if (value instanceof Boolean) {
            return Schema.OPTIONAL_BOOLEAN_SCHEMA;
        }
        return value instanceof Double ? Schema.OPTIONAL_FLOAT64_SCHEMA : Schema.OPTIONAL_STRING_SCHEMA;
    }

    private static Object fit(Object value, Schema schema) {
        if (value instanceof Map<?, ?> map) {
            Struct struct = new Struct(schema);
            schema.fields().forEach(field -> struct.put(field, fit(map.get(field.name()), field.schema())));
            return struct;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> fit(element, schema.valueSchema()))
                    .toList();
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    public static Object plain(Object value) {
        if (value instanceof Struct struct) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Field field : struct.schema().fields()) {
                map.put(field.name(), plain(struct.getWithoutDefault(field.name())));
            }
            return map;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inside) -> copy.put(key, plain(inside)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        if (value instanceof java.util.Date date) {
            return date.toInstant().toString();
        }
        return value instanceof Long number && number == number.intValue() ? Integer.valueOf(number.intValue()) : value;
    }
}
