package io.towpath.migration.cli;

import io.towpath.migration.config.Migration;
import io.towpath.migration.plan.Change;
import io.towpath.migration.plan.TopicAdmin;
import io.towpath.migration.plan.TopicDifference;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath plan}: what the target lacks; with {@code --apply} it is made so. */
@Command(
        name = "plan",
        description = "Shows what must change on the target before records flow; --apply makes it so.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private MigrationOption migration;

    @Option(names = "--apply", description = "Make the changes. Refuses when there is a conflict.")
    private boolean apply;

    @Override
    public Integer call() {
        Migration wanted = migration.read();
        try (TopicAdmin source = new TopicAdmin(wanted.source());
                TopicAdmin target = new TopicAdmin(wanted.target())) {
            List<String> topics = wanted.topics().resolve(source.names());
            List<Change> changes = new TopicDifference(target.brokers())
                    .between(source.topics(topics).values(), target.topics(topics));
            PrintWriter out = spec.commandLine().getOut();
            changes.forEach(change -> out.println(change.describe()));
            return apply ? apply(target, changes, out) : told(topics, changes, out);
        }
    }

    private static int told(List<String> topics, List<Change> changes, PrintWriter out) {
        out.println("plan: " + count(topics.size(), "topic") + ", " + count(changes.size(), "change")
                + (changes.isEmpty() ? "" : "; run it with --apply"));
        return changes.isEmpty() ? Exit.DONE : Exit.DIFFER;
    }

    /** {@code 1 change}, {@code 2 changes}. */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static int apply(TopicAdmin target, List<Change> changes, PrintWriter out) {
        long conflicts =
                changes.stream().filter(c -> c instanceof Change.Conflict).count();
        if (conflicts > 0) {
            out.println("plan: nothing applied, " + count(conflicts, "conflict") + " to settle first");
            return Exit.DIFFER;
        }
        changes.forEach(target::apply);
        out.println("plan: " + count(changes.size(), "change") + " applied");
        return Exit.DONE;
    }
}
