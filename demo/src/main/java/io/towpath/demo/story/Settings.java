package io.towpath.demo.story;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that the story's connectors and commands are told by: templates that lie beside this class, with the
 * addresses of this run filled in. Passwords stand in {@code secrets.properties} alone, which a ConfigProvider of the
 * worker reads.
 */
final class Settings {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path directory;
    private final Map<String, String> names;

    /** @param names what {@code ${name}} stands for in the templates; other placeholders are left as they are */
    Settings(Path directory, Map<String, String> names) {
        this.directory = directory;
        this.names = new TreeMap<>(names);
        this.names.put("secrets", secrets().toString());
    }

    void secrets(Map<String, String> passwords) throws IOException {
        Files.createDirectories(directory);
        StringBuilder lines = new StringBuilder();
        passwords.forEach((name, password) ->
                lines.append(name).append('=').append(password).append('\n'));
        Files.deleteIfExists(secrets());
        Files.createFile(secrets(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secrets(), lines);
    }

    private Path secrets() {
        return directory.resolve("secrets.properties").toAbsolutePath();
    }

    /** Writes the template with this run's addresses, and tells where. */
    Path write(String template) throws IOException {
        return write(template, template, Map.of());
    }

    /** The same, as the file {@code name}, with more to be filled in. */
    Path write(String template, String name, Map<String, String> more) throws IOException {
        return Files.writeString(made().resolve(name), filled(template, more));
    }

    /** The same for a connector, with more keys in its configuration. */
    Path connector(String template, Map<String, String> more) throws IOException {
        ObjectNode connector = (ObjectNode) JSON.readTree(filled(template, Map.of()));
        more.forEach(((ObjectNode) connector.get("config"))::put);
        return Files.writeString(made().resolve(template), JSON.writeValueAsString(connector));
    }

    private String filled(String template, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(names);
        all.putAll(more);
        String text = Database.text(template);
        for (Map.Entry<String, String> name : all.entrySet()) {
            text = text.replace("${" + name.getKey() + "}", name.getValue());
        }
        return text;
    }

    private Path made() throws IOException {
        return Files.createDirectories(directory);
    }
}
