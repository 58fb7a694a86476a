package io.towpath.transforms.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activity.value.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.SchemaBuilderException;

/** Reads a Connect schema from a file, in the form that Connect's JsonConverter writes as {@code schema}. */
public final class ContractFile {

    private final String key;
    private final String file;

    private ContractFile(String key, String file) {
        this.key = key;
        this.file = file;
    }

    /**
     * The schema in {@code file}.
     *
     * @throws ConfigException on {@code key}: not readable, or no schema
     */
    public static Schema read(String key, String file) {
        ContractFile contract = new ContractFile(key, file);
        JsonNode tree;
        try {
            tree = JsonText.parse(Files.readString(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            throw contract.wrong("a readable file");
        }
        if (tree == null) {
            throw contract.wrong("JSON");
        }
        return contract.schema(tree.has("schema") ? tree.get("schema") : tree, "the schema");
    }

    private Schema schema(JsonNode node, String where) {
        if (node == null || !node.isObject()) {
            throw wrong("an object for " + where);
        }
        SchemaBuilder builder = builder(node, where);
        if (node.has("name")) {
            builder.name(node.get("name").asText());
        }
        if (node.has("version")) {
            builder.version(node.get("version").asInt());
        }
        node.path("parameters")
                .properties()
                .forEach(entry ->
                        builder.parameter(entry.getKey(), entry.getValue().asText()));
        if (node.path("optional").asBoolean()) {
            builder.optional();
        }
        try {
            Object fallback = value(builder.type(), node.get("default"));
            return (fallback == null ? builder : builder.defaultValue(fallback)).build();
        } catch (SchemaBuilderException e) {
            throw wrong("a default of its type for " + where);
        }
    }

    private SchemaBuilder builder(JsonNode node, String where) {
        String type = node.path("type").asText();
        switch (type) {
            case "struct" -> {
                SchemaBuilder struct = SchemaBuilder.struct();
                for (JsonNode field : node.path("fields")) {
                    String name = field.path("field").asText();
                    struct.field(name, schema(field, "field " + name));
                }
                return struct;
            }
            case "array" -> {
                return SchemaBuilder.array(schema(node.get("items"), "items of " + where));
            }
            case "map" -> {
                return SchemaBuilder.map(
                        schema(node.get("keys"), "keys of " + where), schema(node.get("values"), "values of " + where));
            }
            default -> {
                return primitive(type, where);
            }
        }
    }

    private SchemaBuilder primitive(String type, String where) {
        String name = switch (type) {
            case "float" -> "FLOAT32";
            case "double" -> "FLOAT64";
            default -> type.toUpperCase(Locale.ROOT);
        };
        for (Schema.Type known : Schema.Type.values()) {
            if (known.name().equals(name)) {
                return new SchemaBuilder(known);
            }
        }
        throw wrong("a type that Connect has, not '" + type + "', for " + where);
    }

    /** Defaults of primitive types; only whether there is one matters to the rules. */
    private static Object value(Schema.Type type, JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        return switch (type) {
            case INT8 -> (byte) node.asInt();
            case INT16 -> (short) node.asInt();
            case INT32 -> node.asInt();
            case INT64 -> node.asLong();
            case FLOAT32 -> (float) node.asDouble();
            case FLOAT64 -> node.asDouble();
            case BOOLEAN -> node.asBoolean();
            case STRING -> node.asText();
            default -> null;
        };
    }

    private ConfigException wrong(String wanted) {
        return new ConfigException(key, file, "wanted " + wanted);
    }
}
