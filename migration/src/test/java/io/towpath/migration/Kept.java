package io.towpath.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What builds of this project have written for later ones: for each format of each persisted form a file that a real run
 * has left ({@code .run}), and one that has every field there is. A file stays as it is; a new format gets files of its own.
 */
public final class Kept {

    private static final Path FOLDER =
            Path.of(System.getProperty("towpath.home"), "migration", "src", "test", "resources", "kept");

    private Kept() {}

    /** The bytes of the file; with {@code -Dupdate}, where there is none yet, those of today become it. */
    public static byte[] bytes(String name, byte[] today) throws IOException {
        Path file = FOLDER.resolve(name);
        if ("true".equals(System.getProperty("update")) && !Files.exists(file)) {
            Files.createDirectories(FOLDER);
            Files.write(file, today);
        }
        assertThat(file).as("what this format's first build has written").exists();
        return Files.readAllBytes(file);
    }

    /** The same for what a run has just stored, which is not the same in any two runs: kept as it is. */
    public static void ofARun(String form, int format, String end, byte[] today) throws IOException {
        assertThat(bytes(form + "-" + format + ".run." + end, today)).isNotEmpty();
    }

    /** A file of a run. */
    public static byte[] ofARun(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }
}
