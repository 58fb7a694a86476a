package io.towpath.cli.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.capture.ActivityCaptureConnector;
import io.towpath.migration.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connector's config as Connect's REST API takes it: {@code {"name":…, "config":{…}}}, or the config alone. */
public final class ConnectorFile {

    private static final String NAME = "name";
    private static final String CONFIG = "config";
    private static final String CLASS = "connector.class";

    private ConnectorFile() {}

    /**
     * The config in {@code file}, its secrets still named and not read.
     *
     * @throws BadInput it cannot be read, or is another connector's
     */
    public static Map<String, String> read(Path file) {
        JsonNode root = json(file);
        JsonNode config = root.path(CONFIG).isObject() ? root.path(CONFIG) : root;
        if (!config.isObject()) {
            throw new BadInput(file + ": holds no JSON object; wanted: a connector's config");
        }
        Map<String, String> props = new LinkedHashMap<>();
        if (root.hasNonNull(NAME)) {
            props.put(NAME, root.get(NAME).asText());
        }
        config.properties().forEach(field -> {
            if (!field.getValue().isValueNode()) {
                throw new BadInput(file + ": " + field.getKey() + " holds no single value; wanted: a text or a number");
            }
            if (!field.getValue().isNull()) {
                props.put(field.getKey(), field.getValue().asText());
            }
        });
        String name = props.getOrDefault(CLASS, "");
        if (!ActivityCaptureConnector.class.getName().endsWith(name) || name.isBlank()) {
            throw new BadInput(
                    file + ": " + CLASS + " is '" + name + "'; wanted: " + ActivityCaptureConnector.class.getName());
        }
        return props;
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) { // its message repeats the text, which may hold a password
            throw new BadInput(file + ": is no JSON from line " + line(e) + " on; wanted: a connector's config");
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read; wanted: a connector's config as JSON", e);
        }
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }
}
