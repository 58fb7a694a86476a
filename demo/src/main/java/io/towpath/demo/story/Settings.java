package io.towpath.demo.story;

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
        String text = Database.text(template);
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace("${" + name.getKey() + "}", name.getValue());
        }
        Files.createDirectories(directory);
        return Files.writeString(directory.resolve(template), text);
    }
}
