package io.towpath.demo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A person at a terminal: types {@code ./towpath …}, reads, presses Ctrl-C. What it starts keeps its state in one folder. */
final class Terminal implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("towpath.home"));

    private final Path directory;
    private final List<Typed> typed = new ArrayList<>();

    Terminal(Path directory) {
        this.directory = directory;
    }

    Path state() {
        return directory.resolve("state");
    }

    /** Starts a command line in a process group of its own, as a shell does. */
    Typed type(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("setsid", HOME.resolve("towpath").toString()));
        command.addAll(List.of(arguments));
        Path screen = directory.resolve("screen-" + typed.size());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile());
        builder.environment().put("TOWPATH_BUILD", "never");
        builder.environment().put("TOWPATH_JAVA_OPTS", "-Dtowpath.state=" + state());
        try {
            Typed running = new Typed(builder.start(), screen);
            typed.add(running);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes that name our state folder and still live. */
    List<String> left() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(state().toString()))
                .toList();
    }

    /** Kills what a failed test left. */
    @Override
    public void close() {
        type("down").exitCode();
        typed.forEach(running -> running.tree().forEach(ProcessHandle::destroyForcibly));
    }

    /** A command line that was typed. */
    record Typed(Process process, Path output) {

        String screen() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The exit code, when it has one. */
        int exitCode() {
            try {
                if (!process.waitFor(8, TimeUnit.MINUTES)) {
                    throw new AssertionError("no end; the screen shows " + screen());
                }
                return process.exitValue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }

        /** The JVM: setsid became the launcher, and that the JVM. */
        ProcessHandle jvm() {
            return process.toHandle();
        }

        List<ProcessHandle> tree() {
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
        }

        /** Ctrl-C: SIGINT to the whole process group. */
        void pressCtrlC() {
            signal("-INT", "-" + jvm().pid());
        }

        private static void signal(String name, String target) {
            try {
                int refused =
                        new ProcessBuilder("kill", name, "--", target).start().waitFor();
                if (refused != 0) {
                    throw new AssertionError("no process group " + target);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
