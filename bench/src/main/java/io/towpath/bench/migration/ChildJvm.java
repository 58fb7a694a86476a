package io.towpath.bench.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own, as an operator starts it; it ends with this one. */
final class ChildJvm {

    private static final long MOST_MINUTES = 30;

    private final Process process;
    private final Path log;
    private final Thread reaper;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** Starts {@code main} on the class path of this JVM. */
    static ChildJvm start(Path log, List<String> options, String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return new ChildJvm(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Everything it printed; it must end with exit code 0. */
    List<String> await() throws IOException, InterruptedException {
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        List<String> printed = Files.readAllLines(log);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("failed: "
                    + String.join("\n", printed.subList(Math.max(0, printed.size() - 20), printed.size())));
        }
        Runtime.getRuntime().removeShutdownHook(reaper);
        return printed;
    }
}
