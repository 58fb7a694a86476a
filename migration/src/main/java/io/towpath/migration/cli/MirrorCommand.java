package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.connect.ConfigProblem;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.InitialState;
import io.towpath.migration.flow.Danger;
import io.towpath.migration.flow.FlowView;
import io.towpath.migration.flow.Look;
import io.towpath.migration.flow.Rebuilt;
import io.towpath.migration.flow.Throttle;
import io.towpath.migration.metrics.Outlet;
import io.towpath.migration.plan.Change;
import io.towpath.migration.plan.Resolved;
import io.towpath.migration.plan.Topic;
import io.towpath.migration.plan.TopicAdmin;
import io.towpath.migration.plan.TopicDifference;
import io.towpath.mm2.IdentityFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
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

    private static final int LEAST_GUARD = 10;

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
                            + " change it while it runs. It is lifted by off, or when --watch ends of itself; Ctrl-C leaves"
                            + " it.")
    private String throttle;

    @Mixin
    private MetricsOptions metrics;

    @Override
    public Integer call() {
        metrics.refuseUnless(watch, "--watch");
        metrics.refuseFileUnless(watch, "--watch");
        if (guardSeconds < LEAST_GUARD) {
            throw new BadInput("--guard: " + guardSeconds + "; wanted: at least " + LEAST_GUARD
                    + " seconds, in which the source is asked more than twice");
        }
        try (Outlet shown = metrics.open()) {
            return mirror(shown);
        }
    }

    private int mirror(Outlet shown) {
        Double rate = rate();
        Migration migration = file.read();
        if (migration.connect().url() == null) {
            throw new BadInput("connect.url: nothing given; wanted: http://host:port of the worker that runs the flow");
        }
        ConnectRest rest = new ConnectRest(migration.connect().url());
        if ("off".equals(throttle)) { // needs no flow, and waits for none
            limit(migration, rest, migration.flow(List.of()), null);
        }
        Optional<Map<String, String>> present = rest.config(migration.flowName());
        IdentityFlow flow = migration.flow(preparedTopics(migration, present.isPresent()));
        SourceOpen.of(migration); // with both directions, records would go round in circles
        refuseInvalid(rest, flow);
        if (!present.isPresent()) { // offsets outlive a connector: nothing runs before they were looked at
            rest.create(flow.name(), flow.render(), InitialState.STOPPED);
            rest.awaitStopped(flow.name(), timeout());
        }
        FlowWatch flowWatch = new FlowWatch(
                migration.source(),
                rest,
                flow,
                new FlowWatch.Options(Duration.ofSeconds(guardSeconds), shown),
                spec.commandLine().getOut());
        if (acceptGap) {
            flowWatch.accept();
        } else if (flowWatch.gap((now, view) -> remembered(migration, now, view))) {
            return Exit.STOPPED;
        }
        start(migration, rest, flow, rate, present);
        int exit = watch ? flowWatch.run(untilCopied) : Exit.DONE;
        if (watch && rate != null) {
            limit(migration, rest, flow, null);
        }
        return exit;
    }

    private static void refuseInvalid(ConnectRest rest, IdentityFlow flow) {
        List<ConfigProblem> problems = rest.validate(flow.render());
        if (!problems.isEmpty()) {
            throw new BadInput("the worker refuses the flow: "
                    + problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
        }
    }

    /** The limits stand before the flow runs: what it reads first is limited too. */
    private void start(
            Migration migration,
            ConnectRest rest,
            IdentityFlow flow,
            Double rate,
            Optional<Map<String, String>> present) {
        boolean runs = rest.status(flow.name())
                .filter(status -> status.connector().state().equals("RUNNING"))
                .isPresent();
        if (rate != null && !runs) {
            try (Throttle quotas = new Throttle(migration.source(), rest, flow)) {
                quotas.foresee(rate);
            }
        }
        if (present.isPresent() && !present.get().equals(flow.render())) {
            rest.replace(flow.name(), flow.render(), timeout());
        }
        rest.resume(flow.name());
        String running = rest.awaitRunning(flow.name(), timeout()).summary();
        print("mirror: " + flow.name() + " " + running + ", "
                + PlanCommand.count(flow.topics().size(), "topic"));
        if (rate != null) {
            limit(migration, rest, flow, rate);
        }
    }

    /** What the flow has copied before must be what is there now: the topics that were planned, and a target that has it. */
    private List<Danger> remembered(Migration migration, Look now, FlowView view) {
        Map<TopicPartition, Long> copied = view.copied();
        copied.keySet().retainAll(now.partitions().keySet());
        List<Danger> dangers = new ArrayList<>(Rebuilt.dangers(migration.target(), copied));
        Map<String, String> planned =
                file.plan().read(file.wish().topics()).map(Resolved::ids).orElse(Map.of());
        copied.keySet().stream()
                .map(TopicPartition::topic)
                .distinct()
                .filter(topic -> planned.containsKey(topic)
                        && !planned.get(topic).equals(now.topicIds().get(topic)))
                .map(Danger.Replaced::new)
                .forEach(dangers::add);
        return dangers;
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

    private Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    /**
     * A flow into topics that are not as planned would create them as MM2 thinks fit, or fail for missing partitions. One that
     * is there already is not kept from going on by less than a missing topic.
     */
    private List<String> preparedTopics(Migration migration, boolean exists) {
        try (TopicAdmin source = new TopicAdmin(migration.source());
                TopicAdmin target = new TopicAdmin(migration.target())) {
            List<String> topics = migration.topics().resolve(source.names());
            Map<String, Topic> now = source.topics(topics);
            Optional<Resolved> planned = file.plan().read(file.wish().topics());
            List<Change> changes =
                    new ArrayList<>(planned.map(plan -> plan.drift(now)).orElse(List.of()));
            changes.addAll(TopicDifference.to(target)
                    .between(
                            planned.map(plan -> plan.asResolved(now)).orElse(List.copyOf(now.values())),
                            target.topics(topics)));
            List<Change> serious = changes.stream()
                    .filter(change -> !exists || change instanceof Change.Create)
                    .toList();
            if (!serious.isEmpty()) {
                throw new BadInput(
                        "the target is not prepared: " + serious.get(0).describe()
                                + (serious.size() > 1 ? " and " + (serious.size() - 1) + " more" : "")
                                + (serious.get(0) instanceof Change.Drift ? "" : "; run towpath plan --apply first"));
            }
            changes.forEach(change -> print("mirror: not as planned: " + change.describe()));
            return topics;
        }
    }
}
