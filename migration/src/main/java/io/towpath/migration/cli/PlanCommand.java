package io.towpath.migration.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.towpath.migration.BadInput;
import io.towpath.migration.Patience;
import io.towpath.migration.config.ClusterRefusal;
import io.towpath.migration.config.Migration;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.flow.FlowFailure;
import io.towpath.migration.plan.Change;
import io.towpath.migration.plan.Plan;
import io.towpath.migration.plan.Planner;
import io.towpath.migration.plan.Resolved;
import io.towpath.migration.plan.read.ClusterReader;
import io.towpath.migration.plan.read.TargetAdmin;
import io.towpath.migration.plan.show.Checklist;
import io.towpath.migration.plan.show.PlanJson;
import io.towpath.migration.plan.show.PlanTable;
import io.towpath.mm2.lint.Flow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath plan}: what the target lacks, and who must move; with {@code --apply} the target is made so. */
@Command(
        name = "plan",
        description =
                "Shows what must change on the target before records flow, and who must move; --apply changes it.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    private static final Duration VISIBLE = Duration.ofSeconds(30);
    private static final Set<String> LEAVABLE = new TreeSet<>(Set.of("acls", "quotas", "replication", "scram"));

    @Spec
    private CommandSpec spec;

    @Mixin
    private MigrationOption migration;

    @Option(
            names = "--apply",
            description = "Make the changes, in a safe order. Refuses when there is a conflict. Safe to repeat.")
    private boolean apply;

    @Option(names = "--json", description = "Print the plan as JSON.")
    private boolean json;

    @Option(
            names = "--checklist",
            paramLabel = "FILE",
            description = "Write who must move as a Markdown table, with owners to fill in; never over a file.")
    private Path checklist;

    @Option(
            names = "--throttle",
            paramLabel = "RATE",
            converter = Rate.class,
            description = "Tell the time to copy at this rate, e.g. 20MB/s")
    private Double throttle;

    @Option(
            names = "--accept-drift",
            description = "Take topics and partitions that appeared after the plan was applied into it.")
    private boolean acceptDrift;

    @Option(
            names = "--leave",
            paramLabel = "KIND",
            split = ",",
            description = "Leave these to somebody else: acls, quotas, replication, scram.")
    private List<String> leave = List.of();

    @Option(
            names = "--default-quotas",
            description = "Carry quotas of <default> clients and users too: on the target they hold for everybody.")
    private boolean defaultQuotas;

    @Override
    public Integer call() throws JsonProcessingException {
        if (!LEAVABLE.containsAll(leave)) {
            throw new BadInput("--leave: " + leave + " given; wanted: of " + LEAVABLE);
        }
        Migration wanted = migration.wish();
        Plan plan = read(wanted);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(PlanJson.of(plan, throttle));
        } else {
            new PlanTable(plan, throttle, out).print();
        }
        if (checklist != null) {
            write(plan);
        }
        // With --json the output is one object, and the verdict goes to stderr.
        PrintWriter verdict = json ? spec.commandLine().getErr() : out;
        return apply ? apply(wanted, plan, verdict) : told(plan, verdict);
    }

    private Plan read(Migration wanted) {
        Resolved resolved =
                acceptDrift ? null : migration.plan().read(wanted.topics()).orElse(null);
        try (ClusterReader source = new ClusterReader(wanted.source());
                ClusterReader target = new ClusterReader(wanted.target())) {
            Planner.Side from = source.source(wanted.topics());
            Planner.Side to = target.target(from.topics().keySet());
            return new Planner(
                            new Planner.Wish(
                                    wanted.name(),
                                    wanted.groups(),
                                    left(),
                                    resolved,
                                    SourceOpen.of(wanted).locks()),
                            from,
                            to,
                            source.use(from.topics().values(), Clock.systemUTC()),
                            connectors(wanted))
                    .plan();
        }
    }

    private List<String> left() {
        List<String> all = new ArrayList<>(leave);
        if (!defaultQuotas) {
            all.add("default-quotas");
        }
        return all;
    }

    /** Those of the worker that runs the flow: it is the only one that we know. */
    private static List<String> connectors(Migration wanted) {
        List<String> connectors = new ArrayList<>();
        if (wanted.connect().url() != null) {
            ConnectRest rest = new ConnectRest(wanted.connect().url());
            for (String name : rest.connectors()) {
                rest.config(name)
                        .filter(config -> !new Flow(name, config).isMirror())
                        .ifPresent(config -> connectors.add(name + ": " + config.get("connector.class")));
            }
        }
        return connectors;
    }

    private void write(Plan plan) {
        try {
            Files.writeString(checklist, Checklist.of(plan), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new BadInput("--checklist: " + checklist + " is there, with its owners; wanted: a new file", e);
        } catch (IOException e) {
            throw new BadInput("--checklist: " + checklist + " cannot be written", e);
        }
    }

    private static int told(Plan plan, PrintWriter out) {
        List<Change> changes = plan.changes();
        out.println("plan: " + count(plan.topics().size(), "topic") + ", " + count(changes.size(), "change")
                + (changes.isEmpty() ? "" : "; run it with --apply"));
        return changes.isEmpty() ? Exit.DONE : Exit.DIFFER;
    }

    /** {@code 1 change}, {@code 2 changes}. */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** A cluster acknowledges a change before all its brokers show it: done is what can be read back. */
    private void awaitVisible(Migration wanted) {
        boolean visible = Patience.of(VISIBLE).until(() -> visible(wanted)).isPresent();
        if (!visible) {
            throw new FlowFailure(
                    wanted.target().alias() + " took the changes and does not show all of them after "
                            + VISIBLE.toSeconds() + " s; wanted: all of them, run plan again",
                    null);
        }
    }

    /** Empty also while a broker names a new topic that another one does not know yet. */
    private Optional<Plan> visible(Migration wanted) {
        try {
            return Optional.of(read(wanted)).filter(plan -> plan.applicable().isEmpty());
        } catch (ClusterRefusal e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private int apply(Migration wanted, Plan plan, PrintWriter out) {
        int conflicts = plan.conflicts().size();
        if (conflicts > 0) {
            out.println("plan: nothing applied, " + count(conflicts, "conflict") + " to settle first");
            return Exit.DIFFER;
        }
        if (!plan.applicable().isEmpty()) {
            try (TargetAdmin target = new TargetAdmin(wanted.target())) {
                target.apply(plan.applicable());
            }
            awaitVisible(wanted);
        }
        if (plan.drift().isEmpty()) {
            migration.plan().write(Resolved.of(wanted.topics().entries(), plan.topics()));
        }
        out.println("plan: " + count(plan.applicable().size(), "change") + " applied"
                + (plan.drift().isEmpty() ? "" : ", drift left: " + plan.drift().size()));
        return plan.drift().isEmpty() ? Exit.DONE : Exit.DIFFER;
    }
}
