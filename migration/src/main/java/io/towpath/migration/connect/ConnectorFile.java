package io.towpath.migration.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.migration.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A connector as a file: {@code {"name": …, "config": {…}}}, or the flat map with {@code name} in it. */
public record ConnectorFile(String name, Map<String, String> config) {

    public ConnectorFile {
        config = Map.copyOf(config);
    }

    /** The connectors of all files and of all {@code *.json} below the folders, in order. */
    public static List<ConnectorFile> readAll(List<Path> paths) {
        List<ConnectorFile> all = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    files.filter(f -> f.toString().endsWith(".json")).sorted().forEach(f -> all.add(read(f)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            } else {
                all.add(read(path));
            }
        }
        return all;
    }

    public static ConnectorFile read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new BadInput(file + ": no such file; wanted: a connector's JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConnectorFile parse(String where, String text) {
        JsonNode json;
        try {
            json = Json.read(text);
        } catch (JsonProcessingException e) {
            throw new BadInput(where + ": not JSON, line " + e.getLocation().getLineNr(), e);
        }
        JsonNode config = json.path("config").isObject() ? json.get("config") : json;
        if (!config.isObject()) {
            throw new BadInput(where + ": no JSON object; wanted: {\"name\": …, \"config\": {…}}");
        }
        Map<String, String> flat = Json.strings(config);
        String name = json.path("name").asText("");
        if (name.isEmpty()) {
            throw new BadInput(where + ": name: nothing given; wanted: the connector's name");
        }
        flat.remove("name");
        return new ConnectorFile(name, flat);
    }
}
