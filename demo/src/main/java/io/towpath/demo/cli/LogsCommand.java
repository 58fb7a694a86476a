package io.towpath.demo.cli;

import io.towpath.demo.stack.LogTail;
import io.towpath.demo.stack.Place;
import io.towpath.demo.stack.StackFile;
import io.towpath.migration.BadInput;
import io.towpath.migration.Patience;
import io.towpath.migration.cli.Exit;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code towpath logs}: of the stack that is up, or of the last one. */
@Command(
        name = "logs",
        description = {
            "Shows the log of a server of the stack.",
            "Of the stack that is up, or was up last. Without a name, says where each log is."
        },
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A server, or supervisor.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "100",
            description = "How many of its last lines. Default: ${DEFAULT-VALUE}")
    private int lines;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Path> logs = logs(Place.here());
        if (name == null) {
            logs.forEach((server, file) -> out.printf("%-12s %s%n", server, file));
            return Exit.DONE;
        }
        Path file = Optional.ofNullable(logs.get(name))
                .orElseThrow(() -> new BadInput("there is no log of '" + name + "'; there are " + logs.keySet()));
        show(file, out);
        return Exit.DONE;
    }

    private static Map<String, Path> logs(Place place) {
        Map<String, Path> logs = new LinkedHashMap<>();
        StackFile.read(place)
                .ifPresent(stack -> stack.servers().forEach(server -> logs.put(server.name(), Path.of(server.file()))));
        if (Files.exists(place.supervisorLog())) {
            logs.put("supervisor", place.supervisorLog());
        }
        if (logs.isEmpty()) {
            throw new BadInput("no stack has been up here: start one with ./towpath up");
        }
        return logs;
    }

    private void show(Path file, PrintWriter out) {
        Patience pace = Patience.of(Duration.ZERO);
        try (LogTail log = LogTail.of(file, out)) {
            log.printLast(lines);
            while (follow && !out.checkError()) {
                log.printNew();
                pace.pause();
            }
        }
    }
}
