package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.groups.Accepted;
import io.towpath.migration.groups.GroupAdmin;
import io.towpath.migration.groups.GroupMove;
import io.towpath.migration.groups.Translated;
import io.towpath.migration.groups.Translated.Exact;
import io.towpath.migration.groups.Translated.Refused;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.report.Proven;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath offsets …}: which record is which, and where groups go on. */
@Command(
        name = "offsets",
        description = "Shows which offset is which on the other cluster, and moves groups by it.",
        mixinStandardHelpOptions = true)
final class OffsetsCommand {

    private static final String REDELIVERY = "share-redelivery";

    @Spec
    private CommandSpec spec;

    @Command(
            name = "map",
            description = "Prints the offset map as CSV: topic, partition, source offset, target offset, records.",
            mixinStandardHelpOptions = true)
    int map(@Mixin ProofOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        Proven proven = options.prove(options.migration());
        out.println("topic,partition,source,target,length");
        for (PartitionResult result : proven.results()) {
            String prefix =
                    result.partition().topic() + "," + result.partition().partition() + ",";
            result.map().forEach(run -> out.println(prefix + run.source() + "," + run.target() + "," + run.length()));
        }
        return exit(proven);
    }

    @Command(
            name = "translate",
            description = {
                "Shows where each group of the migration goes on at the target; --apply sets it there.",
                "The next record read is the first one not committed on the source, at any lag."
            },
            mixinStandardHelpOptions = true)
    int translate(
            @Mixin ProofOptions options,
            @Option(names = "--apply", description = "Set the positions. Refuses active groups.") boolean apply,
            @Option(
                            names = "--accept",
                            description = REDELIVERY + ": share groups may get records again. Or switch.accept in the"
                                    + " file.")
                    Set<String> accepted,
            @Option(
                            names = "--accept-coverage",
                            defaultValue = "100",
                            description = "Percent of records that must have been compared; below 100, groups may pass"
                                    + " over records that were not. Default: ${DEFAULT-VALUE}")
                    double coverage) {
        Migration migration = options.migration();
        if (migration.groups().isEmpty()) {
            throw new BadInput("groups: nothing given; wanted: the groups that move");
        }
        boolean redelivery = (accepted != null && accepted.contains(REDELIVERY))
                || migration.switching().accepted().contains(REDELIVERY);
        try (GroupAdmin source = new GroupAdmin(migration.source());
                GroupAdmin target = new GroupAdmin(migration.target())) {
            source.groups(migration.groups()); // a name that is wrong is told before hours of reading
            Proven proven = options.prove(migration);
            GroupMove move = new GroupMove(migration.groups(), source, target);
            List<Translated> all = move.translated(proven.results(), new Accepted(redelivery, coverage < 100), apply);
            return told(proven, coverage, all, apply ? move : null);
        }
    }

    private int told(Proven proven, double coverage, List<Translated> all, GroupMove move) {
        PrintWriter out = spec.commandLine().getOut();
        all.forEach(out::println);
        long refused = all.stream().filter(Refused.class::isInstance).count();
        if (!(proven.verdict() instanceof Verdict.Match match)
                || (coverage < 100 && match.coverage().share() * 100 < coverage)) {
            out.println("offsets: nothing set; verify: " + proven.verdict());
            return Exit.DIFFER;
        }
        long known = all.stream().filter(Exact.class::isInstance).count();
        if (move == null || refused > 0) {
            out.println("offsets: nothing set, " + known + " positions known, " + refused + " refused");
            return refused > 0 ? Exit.DIFFER : Exit.DONE;
        }
        List<Refused> moved = move.set(all);
        if (!moved.isEmpty()) {
            moved.forEach(out::println);
            out.println("offsets: " + known + " positions set, but " + moved.size() + " groups have moved");
            return Exit.DIFFER;
        }
        long groups = all.stream().map(Translated::group).distinct().count();
        out.println("offsets: " + known + " positions of " + groups + " groups set and read back");
        return Exit.DONE;
    }

    private static int exit(Proven proven) {
        return proven.verdict() instanceof Verdict.Match ? Exit.DONE : Exit.DIFFER;
    }
}
