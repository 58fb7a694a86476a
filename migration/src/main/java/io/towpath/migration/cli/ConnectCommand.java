package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.connect.ConfigDifference;
import io.towpath.migration.connect.ConfigProblem;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.ConnectorFile;
import io.towpath.migration.connect.ConnectorStatus;
import io.towpath.migration.connect.InitialState;
import io.towpath.migration.connect.Revival;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code towpath connect …}: connectors as files, sent through Connect's REST API. Every verb is safe to repeat. */
@Command(
        name = "connect",
        description = "Applies, shows and deletes connectors through Connect's REST API.",
        mixinStandardHelpOptions = true,
        subcommands = ConnectorOffsetsCommand.class)
final class ConnectCommand {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            required = true,
            scope = ScopeType.INHERIT,
            description = "Address of a worker, e.g. http://localhost:8083")
    private URI url;

    @Option(
            names = "--timeout",
            defaultValue = "60",
            scope = ScopeType.INHERIT,
            description = "Seconds to wait for a connector to run. Default: ${DEFAULT-VALUE}")
    private int timeoutSeconds;

    @Command(
            name = "apply",
            description = "Validates all, then creates or updates each and waits until it runs.",
            mixinStandardHelpOptions = true)
    int apply(
            @Parameters(paramLabel = "FILE|DIR", arity = "1..*") List<Path> paths,
            @Option(names = "--stopped", description = "Create what is new as STOPPED.") boolean stopped) {
        List<ConnectorFile> connectors = ConnectorFile.readAll(paths);
        ConnectRest rest = rest();
        connectors.forEach(connector -> refuseMistakes(rest, connector));
        for (ConnectorFile connector : connectors) {
            applyOne(rest, connector, stopped ? InitialState.STOPPED : InitialState.RUNNING);
        }
        return Exit.DONE;
    }

    @Command(
            name = "diff",
            description = "Shows what apply would change; exit code 2 if anything.",
            mixinStandardHelpOptions = true)
    int diff(@Parameters(paramLabel = "FILE|DIR", arity = "1..*") List<Path> paths) {
        ConnectRest rest = rest();
        int changes = 0;
        for (ConnectorFile connector : ConnectorFile.readAll(paths)) {
            Optional<Map<String, String>> present = rest.config(connector.name());
            List<String> lines = ConfigDifference.between(present.orElse(Map.of()), withName(connector));
            print(connector.name() + ": " + (present.isEmpty() ? "absent" : lines.isEmpty() ? "as wanted" : "differs"));
            lines.forEach(line -> print("  " + line));
            changes += lines.size();
        }
        return changes == 0 ? Exit.DONE : Exit.DIFFER;
    }

    @Command(
            name = "restart",
            description = "Restarts what has failed, with growing pauses, until it runs or the time is over.",
            mixinStandardHelpOptions = true)
    int restart(@Parameters(paramLabel = "NAME", arity = "1..*") List<String> names) {
        Revival revival = new Revival(rest(), timeout());
        boolean well = true;
        for (String name : names) {
            ConnectorStatus status = revival.of(name);
            print(name + ": " + status.summary());
            well &= status.running();
        }
        return well ? Exit.DONE : Exit.DIFFER;
    }

    @Command(
            name = "status",
            description = "Shows the state of the named connectors, or of all.",
            mixinStandardHelpOptions = true)
    int status(@Parameters(paramLabel = "NAME", arity = "0..*") List<String> names) {
        ConnectRest rest = rest();
        boolean well = true;
        for (String name : names == null || names.isEmpty() ? rest.connectors() : names) {
            Optional<ConnectorStatus> status = rest.status(name);
            print(name + ": " + status.map(ConnectorStatus::summary).orElse("absent"));
            well &= status.isPresent() && status.get().failure().isEmpty();
        }
        return well ? Exit.DONE : Exit.DIFFER;
    }

    @Command(
            name = "stop",
            description =
                    "Stops connectors and waits until none of their tasks is left; configuration and offsets stay.",
            mixinStandardHelpOptions = true)
    int stop(@Parameters(paramLabel = "NAME", arity = "1..*") List<String> names) {
        ConnectRest rest = rest();
        for (String name : names) {
            rest.stop(name);
            rest.awaitStopped(name, timeout());
            print(name + ": STOPPED");
        }
        return Exit.DONE;
    }

    @Command(
            name = "resume",
            description = "Resumes stopped or paused connectors and waits until they run.",
            mixinStandardHelpOptions = true)
    int resume(@Parameters(paramLabel = "NAME", arity = "1..*") List<String> names) {
        ConnectRest rest = rest();
        for (String name : names) {
            rest.resume(name);
            print(name + ": " + running(rest, name));
        }
        return Exit.DONE;
    }

    @Command(name = "plugins", description = "Lists the plugins of the worker.", mixinStandardHelpOptions = true)
    int plugins() {
        new TreeMap<>(rest().plugins()).forEach((type, version) -> print((type + " " + version).strip()));
        return Exit.DONE;
    }

    @Command(
            name = "delete",
            description = "Removes connectors; absent ones are fine. Offsets stay.",
            mixinStandardHelpOptions = true)
    int delete(@Parameters(paramLabel = "NAME", arity = "1..*") List<String> names) {
        ConnectRest rest = rest();
        for (String name : names) {
            rest.delete(name);
            print(name + ": deleted");
        }
        return Exit.DONE;
    }

    private void refuseMistakes(ConnectRest rest, ConnectorFile connector) {
        List<ConfigProblem> problems = rest.validate(withName(connector));
        if (!problems.isEmpty()) {
            throw new BadInput("connector " + connector.name() + " is refused: "
                    + problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
        }
    }

    /** Returns when the connector runs, or rests as somebody wants it; fails otherwise. */
    private void applyOne(ConnectRest rest, ConnectorFile connector, InitialState state) {
        String name = connector.name();
        Map<String, String> wanted = withName(connector);
        Optional<Map<String, String>> present = rest.config(name);
        if (present.isEmpty()) {
            rest.create(name, wanted, state);
            print(name + ": created, " + (state == InitialState.STOPPED ? "STOPPED as asked" : running(rest, name)));
            return;
        }
        boolean same = present.get().equals(wanted);
        Optional<ConnectorStatus> rests = rest.status(name).filter(ConnectorStatus::rests);
        if (!same && rests.isPresent()) {
            rest.put(name, wanted);
        } else if (!same) {
            rest.replace(name, wanted, timeout());
        }
        String now = rests.map(status -> "stays " + status.connector().state() + " until somebody resumes it")
                .orElseGet(() -> running(rest, name));
        print(name + ": " + (same ? "unchanged, " : "updated, ") + now);
    }

    private String running(ConnectRest rest, String name) {
        return rest.awaitRunning(name, timeout()).summary();
    }

    private Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    private static Map<String, String> withName(ConnectorFile connector) {
        Map<String, String> config = new TreeMap<>(connector.config());
        config.put("name", connector.name());
        return config;
    }

    ConnectRest rest() {
        return new ConnectRest(url);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
