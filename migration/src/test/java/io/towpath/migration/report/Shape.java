package io.towpath.migration.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The part of JSON Schema that report.schema.json uses. */
record Shape(JsonNode root) {

    void check(String path, JsonNode schema, JsonNode value, List<String> mistakes) {
        if (schema.has("$ref")) {
            check(path, root.at(schema.get("$ref").asText().substring(1)), value, mistakes);
            return;
        }
        schema.path("required").forEach(key -> expect(value.has(key.asText()), path + " lacks " + key, mistakes));
        if (schema.has("enum")) {
            boolean listed = false;
            for (JsonNode one : schema.get("enum")) {
                listed |= one.equals(value);
            }
            expect(listed, path + " is " + value, mistakes);
        }
        String type = schema.path("type").asText("any");
        expect(is(type, value), path + " is no " + type, mistakes);
        value.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            JsonNode other = schema.path("additionalProperties");
            expect(known.isObject() || other.isObject(), path + " has unknown " + field.getKey(), mistakes);
            check(path + "." + field.getKey(), known.isObject() ? known : other, field.getValue(), mistakes);
        });
        if (value.isArray()) {
            value.forEach(item -> check(path + "[]", schema.path("items"), item, mistakes));
        }
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> true;
        };
    }

    private static void expect(boolean holds, String otherwise, List<String> mistakes) {
        if (!holds) {
            mistakes.add(otherwise);
        }
    }
}
