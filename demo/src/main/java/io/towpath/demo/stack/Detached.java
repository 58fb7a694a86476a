package io.towpath.demo.stack;

import io.towpath.migration.Patience;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that leaves a stack behind. Servers die with the process that started them, so the whole command runs again
 * in a process that can stay, the supervisor, in a session of its own; the process in the terminal shows what the
 * supervisor prints until it hands over ({@link Claim#handOver}), and ends with the exit code given there.
 *
 * <p>Always: before the hand-over the supervisor ends when the process in the terminal ends, however that ends; after
 * it, only by {@code ./towpath down} or a signal to itself.
 *
 * <pre>{@code
 * if (detach && !Detached.here()) {
 *     return Detached.again(spec);
 * }
 * // from here on: the supervisor, or a stack in the foreground
 * }</pre>
 */
public final class Detached {

    /** Set in the supervisor: the process in the terminal. */
    private static final String CALLER = "towpath.caller";

    /** The program that a supervisor runs: the one that runs here, found by name because it imports this room. */
    private static final String MAIN = "io.towpath.demo.cli.Main";

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private Detached() {}

    /** Whether this process is the supervisor that {@link #again} started. */
    public static boolean here() {
        return System.getProperty(CALLER) != null;
    }

    /** Runs the present command line, whatever it is, in a supervisor. Returns its exit code, at the hand-over or at its end. */
    public static int again(CommandSpec spec) {
        Place place = Place.here();
        PidFile.refuseIfHeld(place);
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        PrintWriter out = spec.commandLine().getOut();
        Process supervisor = start(place, arguments);
        Thread ender = new Thread(() -> end(supervisor.toHandle()), "end of the supervisor");
        Runtime.getRuntime().addShutdownHook(ender);
        try (LogTail log = LogTail.of(place.supervisorLog(), out)) {
            Optional<Integer> handedOver = follow(supervisor, place, log);
            Runtime.getRuntime().removeShutdownHook(ender);
            return handedOver.orElseGet(supervisor::exitValue);
        }
    }

    /** In the supervisor: from now on this process ends when its caller ends before the stack was handed over. */
    public static void watchCaller(Place place) {
        Optional<ProcessHandle> caller = ProcessHandle.of(Long.getLong(CALLER));
        Thread watch = new Thread(() -> outlive(caller, place), "watch of the caller");
        watch.setDaemon(true);
        watch.start();
    }

    private static void outlive(Optional<ProcessHandle> caller, Place place) {
        caller.ifPresent(process -> process.onExit().join());
        if (handedOver(place, ProcessHandle.current().pid()).isEmpty()) {
            System.exit(143);
        }
    }

    /** Ends the supervisor of {@code place} and its servers. @return false if there is none */
    public static boolean endHolder(Place place) {
        Optional<ProcessHandle> supervisor = PidFile.holder(place);
        supervisor.ifPresent(Detached::end);
        return supervisor.isPresent();
    }

    /** Asks a supervisor to end and waits; kills it when it takes too long. Its servers go with it. */
    private static void end(ProcessHandle supervisor) {
        supervisor.destroy();
        Patience patience = Patience.of(Duration.ofSeconds(90));
        if (patience.until(() -> gone(supervisor)).isEmpty()) {
            supervisor.destroyForcibly();
        }
    }

    private static Optional<ProcessHandle> gone(ProcessHandle process) {
        return process.isAlive() ? Optional.empty() : Optional.of(process);
    }

    private static Optional<Integer> follow(Process supervisor, Place place, LogTail log) {
        Patience pace = new Patience(Duration.ZERO, LOOK_EVERY);
        while (true) {
            boolean alive = supervisor.isAlive();
            Optional<Integer> exitCode = handedOver(place, supervisor.pid());
            log.printNew();
            if (!alive || exitCode.isPresent()) {
                return exitCode;
            }
            pace.pause();
        }
    }

    private static Optional<Integer> handedOver(Place place, long supervisor) {
        return StackFile.read(place).filter(file -> file.pid() == supervisor).map(StackFile::exitCode);
    }

    private static Process start(Place place, List<String> arguments) {
        List<String> command = new ArrayList<>();
        sessionLeader().ifPresent(setsid -> command.add(setsid.toString()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.of("towpath.home", "towpath.state")
                .filter(key -> System.getProperty(key) != null)
                .forEach(key -> command.add("-D" + key + "=" + System.getProperty(key)));
        command.add("-D" + CALLER + "=" + ProcessHandle.current().pid());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(arguments);
        Path log = place.supervisorLog();
        try {
            Files.writeString(log, "");
            return new ProcessBuilder(command)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the supervisor", e);
        }
    }

    /** util-linux's setsid: Ctrl-C in the terminal, or its end, is no business of the supervisor. */
    private static Optional<Path> sessionLeader() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "setsid"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
