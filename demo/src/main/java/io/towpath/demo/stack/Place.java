package io.towpath.demo.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that belongs to the stack of this checkout, whoever started it.
 *
 * <pre>
 * pid              locked by the supervisor; its process id and start
 * stack.json       what the present or the last stack offers, see {@link StackFile}
 * supervisor.log   what a detached supervisor printed
 * pgpass           passwords, in libpq's format, for the owner alone
 * up/ demo/        data and logs of the servers
 * </pre>
 */
public record Place(Path root) {

    /** {@code .towpath/stack} of this checkout, or what the system property {@code towpath.state} names. */
    public static Place here() {
        String state = System.getProperty("towpath.state");
        return new Place(state == null ? home().resolve(".towpath/stack") : Path.of(state));
    }

    /** The root of the checkout. @throws IllegalStateException without the system property {@code towpath.home} */
    static Path home() {
        String home = System.getProperty("towpath.home");
        if (home == null) {
            throw new IllegalStateException("the system property towpath.home is not set: start through ./towpath");
        }
        return Path.of(home);
    }

    /** A folder for a stack's servers, with what it held before. */
    public Path directory(String name) {
        return made(root.resolve(name));
    }

    /** The same, emptied. */
    public Path freshDirectory(String name) {
        delete(root.resolve(name));
        return directory(name);
    }

    Path pidFile() {
        return made(root).resolve("pid");
    }

    Path stackFile() {
        return root.resolve("stack.json");
    }

    public Path supervisorLog() {
        return made(root).resolve("supervisor.log");
    }

    Path passwords() {
        return made(root).resolve("pgpass");
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> childrenFirst = below.sorted(Comparator.reverseOrder()).toList();
            for (Path path : childrenFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + folder, e);
        }
    }
}
