package io.towpath.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The archives that this build made, and what a user does with them: unpack. */
public final class Archives {

    public static final List<String> PLUGINS = List.of("capture", "jdbc", "transforms");

    private static final Path MADE = Path.of("target");

    private Archives() {}

    /** The zip of a plugin; there is one. */
    public static Path plugin(String name) {
        return only("towpath-" + name + "-", ".zip");
    }

    public static Path job() {
        return only("towpath-", ".tar.gz");
    }

    /** Unpacks an archive into a folder and returns its one root. */
    public static Path unpack(Path archive, Path folder) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jar");
        boolean zip = archive.toString().endsWith(".zip");
        Path file = archive.toAbsolutePath();
        Output output = zip
                ? Output.of(folder, tool.toString(), "--extract", "--file", file.toString())
                : Output.of(folder, "tar", "-xzf", file.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
        String root = archive.getFileName().toString().replaceFirst("\\.(zip|tar\\.gz)$", "");
        assertThat(folder.resolve(root)).isDirectory();
        return folder.resolve(root);
    }

    /** Files below a folder, as relative paths. */
    static List<String> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path only(String begin, String end) {
        try (Stream<Path> made = Files.list(MADE)) {
            List<Path> found = made.filter(path -> path.getFileName().toString().startsWith(begin))
                    .filter(path -> path.getFileName().toString().endsWith(end))
                    .toList();
            assertThat(found).as("archives " + begin + "*" + end).hasSize(1);
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
