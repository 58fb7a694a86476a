package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.cli.Towpath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code towpath verify} in a process of its own, with the JVM options of the job's launcher: it can be killed. */
final class VerifyProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    private VerifyProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static VerifyProcess start(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Towpath.class.getName(),
                "verify"));
        command.addAll(List.of(arguments));
        return new VerifyProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exit() throws InterruptedException {
        return process.waitFor();
    }

    /** All that it has printed so far. */
    String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    /** The most that it had resident, in kB; 0 when it is gone. */
    long peak() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
