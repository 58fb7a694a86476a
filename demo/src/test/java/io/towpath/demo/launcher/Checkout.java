package io.towpath.demo.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A checkout with the real launcher and nothing to build, on a machine whose {@code java}, {@code javac} and {@code mvn}
 * are scripts: {@code java} prints what it is called with, {@code mvn} makes what a build makes and notes that it ran.
 */
final class Checkout {

    private static final Path LAUNCHER = Path.of(System.getProperty("towpath.home"), "towpath");
    private static final String BUILD = """
            echo begin >>"$BUILDS"
            echo '[INFO] Building Towpath demo 0.1.0                 [10/11]'
            sleep 0.3
            mkdir -p transforms/target/plugin-path connectors/{capture,jdbc}/target/plugin-path
            for room in demo bench; do
              mkdir -p $room/target
              : >$room/target/towpath-$room.jar
              printf '%s' "$PWD/pom.xml" >$room/target/classpath
            done
            echo end >>"$BUILDS"
            """;

    private static final List<String> COMMANDS = List.of(
            "bash",
            "env",
            "readlink",
            "dirname",
            "sed",
            "head",
            "find",
            "tr",
            "cat",
            "mkdir",
            "mv",
            "rm",
            "grep",
            "flock",
            "sleep",
            "tee");

    private final Path root;
    private final Path tools;

    Checkout(Path directory) {
        root = directory.resolve("checkout");
        tools = directory.resolve("tools");
        write(root.resolve("pom.xml"), "<project/>");
        write(root.resolve("demo/src/main/java/A.java"), "class A {}");
        copyLauncher();
        java("17.0.15");
        tool("javac", "echo javac 17.0.15");
        tool("mvn", BUILD);
    }

    Path root() {
        return root;
    }

    void java(String version) {
        tool(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\" 2025-04-15' >&2; exit; fi\n"
                        + "echo \"java $*\"");
    }

    void tool(String name, String script) {
        write(tools.resolve(name), "#!/usr/bin/env bash\n" + script + "\n");
        executable(tools.resolve(name));
    }

    void without(String tool) {
        delete(tools.resolve(tool));
    }

    /** Gives a file a time after that of the last build. */
    void edit(String file) {
        write(root.resolve(file), "edited");
        try {
            Files.setLastModifiedTime(
                    root.resolve(file), FileTime.from(Instant.now().plus(Duration.ofSeconds(2))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the builds so far noted: {@code begin} and {@code end}. */
    List<String> builds() {
        try {
            Path notes = root.resolveSibling("builds");
            return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ran run(String... arguments) {
        return end(start(root.resolve("towpath"), root, arguments));
    }

    Ran run(Path launcher, Path folder, String... arguments) {
        return end(start(launcher, folder, arguments));
    }

    Process start(Path launcher, Path folder, String... arguments) {
        // a process group of its own, as in a terminal: a signal to the group must not reach this JVM
        List<String> command = new ArrayList<>(List.of("setsid", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
        process.environment().put("PATH", tools + ":" + coreutils());
        process.environment().put("BUILDS", root.resolveSibling("builds").toString());
        process.environment().keySet().removeAll(List.of("JAVA_HOME", "TOWPATH_BUILD", "TOWPATH_JAVA_OPTS"));
        process.redirectErrorStream(true);
        try {
            return process.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ran end(Process process) {
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the launcher does not end; it said " + said);
            }
            return new Ran(process.exitValue(), said.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    record Ran(int exitCode, List<String> said) {}

    /** The standard commands without any java or mvn beside them. */
    private Path coreutils() {
        Path folder = tools.resolveSibling("coreutils");
        if (!Files.exists(folder)) {
            write(folder.resolve(".keep"), "");
            for (String name : COMMANDS) {
                List.of("/usr/bin", "/bin").stream()
                        .map(bin -> Path.of(bin, name))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .ifPresent(real -> {
                            write(folder.resolve(name), "#!/bin/sh\nexec " + real + " \"$@\"\n");
                            executable(folder.resolve(name));
                        });
            }
        }
        return folder;
    }

    static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copyLauncher() {
        try {
            Files.copy(LAUNCHER, root.resolve("towpath"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        executable(root.resolve("towpath"));
    }

    private static void executable(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
