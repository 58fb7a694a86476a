package io.towpath.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a server process is started and ended.
 *
 * @param command program and arguments; the program becomes the process itself
 * @param stopSignal what asks it to end in good order, as {@code kill} names it
 * @param ready most time from start to ready
 */
public record Launch(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path log,
        String stopSignal,
        Duration ready) {

    private static final Duration SMALL_BUSY_MACHINE = Duration.ofMinutes(2);

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A program that SIGTERM ends in good order. */
    public static Launch of(String name, List<String> command, Path log) {
        return new Launch(name, command, Map.of(), log, "TERM", SMALL_BUSY_MACHINE);
    }

    public Launch withEnvironment(Map<String, String> more) {
        return new Launch(name, command, more, log, stopSignal, ready);
    }

    public Launch withStopSignal(String signal) {
        return new Launch(name, command, environment, log, signal, ready);
    }
}
