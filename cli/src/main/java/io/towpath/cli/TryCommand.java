package io.towpath.cli;

import io.towpath.capture.ActivityCaptureConnector;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.cli.preview.ConnectorFile;
import io.towpath.cli.preview.Preview;
import io.towpath.cli.preview.Secrets;
import io.towpath.migration.BadInput;
import io.towpath.migration.cli.Exit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath rules try}: what the next changes would become. */
@Command(
        name = "try",
        description = {
            "Shows what the rules of a connector's config make of a database's next changes.",
            "Reads beside the connector, without Kafka: from where its slot stands, by a copy of it that is",
            "dropped at the end, else from now on. Consent is not asked. Nothing but what would leave is shown."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the config has a mistake; each is named with its key",
            "2:a rule cannot read a change: the connector would fail there",
            "3:a database could not be read on"
        },
        mixinStandardHelpOptions = true)
final class TryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The connector's config as JSON, as the REST API takes it.")
    private Path file;

    @Option(
            names = "--last",
            defaultValue = "100",
            paramLabel = "N",
            description = "Ends with the Nth change; ${DEFAULT-VALUE} unless given.")
    private int last;

    @Option(
            names = "--for",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "Ends after that time; ${DEFAULT-VALUE} unless given.")
    private int seconds;

    @Option(names = "--database", paramLabel = "NAME", description = "Only this one of the config's databases.")
    private String only;

    @Option(
            names = "--worker",
            paramLabel = "FILE",
            description = "A worker's properties, for its config.providers; else file, directory and env are known.")
    private Path worker;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> named = ConnectorFile.read(file);
        Map<String, String> props = (worker == null ? Secrets.usual() : Secrets.ofWorker(worker)).resolve(named);
        if (!check(props)) {
            return Exit.BAD_INPUT;
        }
        CaptureConfig config = CaptureConfig.parse(props);
        Preview preview =
                new Preview(config, databases(config), spec.commandLine().getOut());
        return switch (preview.show(last, Duration.ofSeconds(seconds))) {
            case ALL_READ -> Exit.DONE;
            case MISTAKES -> Exit.DIFFER;
            case UNREADABLE -> Exit.STOPPED;
        };
    }

    /** As the worker would, against the live databases. */
    private boolean check(Map<String, String> props) {
        List<ConfigValue> wrong = new ActivityCaptureConnector()
                .validate(props).configValues().stream()
                        .filter(value -> !value.errorMessages().isEmpty())
                        .toList();
        wrong.forEach(value -> value.errorMessages()
                .forEach(message -> spec.commandLine().getErr().println(value.name() + ": " + message)));
        return wrong.isEmpty();
    }

    private List<DatabaseConfig> databases(CaptureConfig config) {
        List<DatabaseConfig> chosen = config.databases().stream()
                .filter(database -> only == null || database.name().equals(only))
                .toList();
        if (chosen.isEmpty()) {
            throw new BadInput("--database: " + only + " was given; wanted: one of "
                    + config.databases().stream().map(DatabaseConfig::name).toList());
        }
        return chosen;
    }
}
