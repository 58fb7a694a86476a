package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.redrive.Origin;
import io.towpath.migration.redrive.Redrive;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code towpath redrive NAME}: a JDBC sink's dead-lettered records are written again, in their order. */
@Command(
        name = "redrive",
        description = {
            "Writes the dead-lettered records of a JDBC sink with on.poison.key=park to its redrive.topic.",
            "The sink writes each when it is the next of its key; then the key is parked no more.",
            "Mend first what the records were refused for. Safe to repeat."
        },
        mixinStandardHelpOptions = true)
final class RedriveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The connector.")
    private String connector;

    @Option(names = "--url", required = true, description = "Address of a worker, e.g. http://localhost:8083")
    private URI url;

    @Option(
            names = "--bootstrap-server",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The Kafka cluster of that worker.")
    private String bootstrap;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "More client properties; secrets as $${env:NAME} or $${file:path:key}.")
    private Path properties;

    @Option(
            names = "--skip",
            split = ",",
            paramLabel = "TOPIC-PARTITION@OFFSET",
            description =
                    "Records that are given up: they leave the sink's list unwritten, the next of their key follow.")
    private List<String> skipped = List.of();

    @Option(
            names = "--from-beginning",
            description = "Also what an earlier run has read; the sink writes nothing twice.")
    private boolean fromBeginning;

    @Override
    public Integer call() {
        Map<String, String> config = new ConnectRest(url)
                .config(connector)
                .orElseThrow(() -> new BadInput("connector " + connector + ": there is none of this name at " + url));
        String from = wanted(config, "errors.deadletterqueue.topic.name");
        String to = wanted(config, "redrive.topic");
        Redrive.Plan plan = new Redrive.Plan(connector, from, to, origins(), fromBeginning);
        Redrive.Result result = new Redrive(cluster(), plan).run();
        print(connector + ": " + result.written() + " records of " + from + " written to " + to
                + (plan.skipped().isEmpty()
                        ? ""
                        : ", " + (plan.skipped().size() - result.notFound().size()) + " of them to be skipped"));
        if (result.beforeTheSink() > 0) {
            print(connector + ": " + result.beforeTheSink()
                    + " were refused by a converter or a transform and are left alone: they never reached the sink");
        }
        result.notFound()
                .forEach(origin -> print(connector + ": " + origin
                        + " is not in the queue since the last run; --from-beginning looks at all of it"));
        return result.notFound().isEmpty() ? Exit.DONE : Exit.DIFFER;
    }

    private String wanted(Map<String, String> config, String key) {
        String value = config.getOrDefault(key, "");
        if (value.isBlank()) {
            throw new BadInput(
                    "connector " + connector + ": it has no " + key + "; wanted: a JDBC sink with on.poison.key=park");
        }
        return value;
    }

    private Set<Origin> origins() {
        Set<Origin> origins = new TreeSet<>();
        for (String text : skipped) {
            origins.add(Origin.parse(text)
                    .orElseThrow(() -> new BadInput(
                            "--skip: " + text + " was given; wanted: topic-partition@offset, e.g. orders-0@17")));
        }
        return origins;
    }

    private Cluster cluster() {
        Map<String, String> client = new HashMap<>();
        if (properties != null) {
            Properties read = new Properties();
            try (Reader reader = Files.newBufferedReader(properties)) {
                read.load(reader);
            } catch (IOException failure) {
                throw new BadInput("--command-config: " + properties + " cannot be read", failure);
            }
            read.stringPropertyNames().forEach(name -> client.put(name, read.getProperty(name)));
        }
        client.put(Cluster.BOOTSTRAP, bootstrap);
        return new Cluster("connect", client);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
