package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.connect.ConfigProblem;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.flow.Throttle;
import io.towpath.migration.plan.Change;
import io.towpath.migration.plan.TopicAdmin;
import io.towpath.migration.plan.TopicDifference;
import io.towpath.mm2.IdentityFlow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code towpath mirror}: starts the flow. Safe to repeat. */
@Command(
        name = "mirror",
        description = "Starts the flow from source to target, or updates it, and waits until it runs.",
        mixinStandardHelpOptions = true)
final class MirrorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private MigrationOption file;

    @Option(names = "--timeout", defaultValue = "60", description = "Seconds to wait. Default: ${DEFAULT-VALUE}")
    private int timeoutSeconds;

    @Option(names = "--watch", description = "Stay, show progress per topic, and stop the flow before it leaves a gap.")
    private boolean watch;

    @Option(
            names = "--guard",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "With --watch: the flow is stopped when the source will delete what is not copied within"
                    + " this time. Default: ${DEFAULT-VALUE}")
    private int guardSeconds;

    @Option(names = "--accept-gap", description = "Start although the source has deleted records that were not copied.")
    private boolean acceptGap;

    @Option(names = "--until-copied", description = "With --watch: end when all that is there now is copied.")
    private boolean untilCopied;

    @Option(
            names = "--throttle",
            paramLabel = "RATE|off",
            description =
                    "Limit what the flow reads from the source, e.g. 20MB/s, by client quotas there; run it again to"
                            + " change it while it runs. It is lifted by off, or when --until-copied is reached.")
    private String throttle;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description = "With --watch: keep progress and time to loss in this file, in Prometheus' text format.")
    private Path metrics;

    @Override
    public Integer call() {
        Double rate = rate();
        Migration migration = file.read();
        if (migration.connect().url() == null) {
            throw new BadInput("connect.url: nothing given; wanted: http://host:port of the worker that runs the flow");
        }
        IdentityFlow flow = migration.flow(preparedTopics(migration));
        SourceOpen.of(migration); // with both directions, records would go round in circles
        Map<String, String> config = flow.render();
        ConnectRest rest = new ConnectRest(migration.connect().url());
        List<ConfigProblem> problems = rest.validate(config);
        if (!problems.isEmpty()) {
            throw new BadInput("the worker refuses the flow: "
                    + problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
        }
        Optional<Map<String, String>> present = rest.config(flow.name());
        FlowWatch flowWatch = new FlowWatch(rest, flow, Duration.ofSeconds(guardSeconds), metrics, spec.commandLine());
        if (present.isPresent() && !acceptGap && flowWatch.gap(migration.source())) {
            return Exit.STOPPED;
        }
        if (!present.filter(config::equals).isPresent()) {
            update(rest, flow.name(), config, present.isPresent());
        }
        rest.resume(flow.name());
        String running = rest.awaitRunning(flow.name(), timeout()).summary();
        print("mirror: " + flow.name() + " " + running + ", "
                + PlanCommand.count(flow.topics().size(), "topic"));
        limit(migration, rest, flow, rate);
        int exit = watch ? flowWatch.run(migration.source(), untilCopied) : Exit.DONE;
        if (watch && throttle != null) {
            limit(migration, rest, flow, null);
        }
        return exit;
    }

    /** Null for none. */
    private Double rate() {
        try {
            return throttle == null || throttle.equals("off") ? null : new Rate().convert(throttle);
        } catch (TypeConversionException e) {
            throw new BadInput("--throttle: " + e.getMessage() + ", or off", e);
        }
    }

    private void limit(Migration migration, ConnectRest rest, IdentityFlow flow, Double rate) {
        if (throttle == null) {
            return;
        }
        try (Throttle quotas = new Throttle(migration.source(), rest, flow)) {
            if (rate == null) {
                print("mirror: " + PlanCommand.count(quotas.clear(), "quota") + " lifted");
            } else {
                quotas.set(rate);
                print("mirror: limited to " + throttle);
            }
        }
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    private void update(ConnectRest rest, String name, Map<String, String> config, boolean present) {
        if (present) {
            rest.replace(name, config, timeout());
        } else {
            rest.put(name, config);
        }
    }

    private Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** A flow into topics that are not as planned would create them as MM2 thinks fit, or fail for missing partitions. */
    private static List<String> preparedTopics(Migration migration) {
        try (TopicAdmin source = new TopicAdmin(migration.source());
                TopicAdmin target = new TopicAdmin(migration.target())) {
            List<String> topics = migration.topics().resolve(source.names());
            List<Change> changes = new TopicDifference(target.brokers())
                    .between(source.topics(topics).values(), target.topics(topics));
            if (!changes.isEmpty()) {
                throw new BadInput(
                        "the target is not prepared: " + changes.get(0).describe()
                                + (changes.size() > 1 ? " and " + (changes.size() - 1) + " more" : "")
                                + "; run towpath plan --apply first");
            }
            return topics;
        }
    }
}
