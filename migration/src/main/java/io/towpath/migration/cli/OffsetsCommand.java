package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.groups.Group;
import io.towpath.migration.groups.GroupAdmin;
import io.towpath.migration.groups.Translated;
import io.towpath.migration.groups.Translated.Exact;
import io.towpath.migration.groups.Translated.Refused;
import io.towpath.migration.groups.Translation;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.report.Proven;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
                            description =
                                    REDELIVERY + ": share groups may get records again. Or switch.accept in the file.")
                    Set<String> accepted) {
        Migration migration = options.migration();
        if (migration.groups().isEmpty()) {
            throw new BadInput("groups: nothing given; wanted: the groups that move");
        }
        try (GroupAdmin source = new GroupAdmin(migration.source());
                GroupAdmin target = new GroupAdmin(migration.target())) {
            List<Group> groups = source.groups(migration.groups());
            Proven proven = options.prove(migration);
            List<Translated> all = new ArrayList<>();
            if (apply) {
                all.addAll(standing(groups, target.active(migration.groups())));
            }
            boolean redelivery = (accepted != null && accepted.contains(REDELIVERY))
                    || migration.switching().accepted().contains(REDELIVERY);
            all.addAll(new Translation(proven.results(), redelivery).of(groups));
            return told(proven, all, groups, apply ? target : null);
        }
    }

    /** A position that moves while it is set is no position. */
    private static List<Translated> standing(List<Group> groups, Set<String> activeOnTarget) {
        List<Translated> refused = new ArrayList<>();
        for (Group group : groups) {
            if (group.active()) {
                refused.add(new Refused(group.name(), null, "it has members on the source; stop them first"));
            }
            if (activeOnTarget.contains(group.name())) {
                refused.add(new Refused(group.name(), null, "it has members on the target already; stop them first"));
            }
        }
        return refused;
    }

    private int told(Proven proven, List<Translated> all, List<Group> groups, GroupAdmin target) {
        PrintWriter out = spec.commandLine().getOut();
        all.forEach(out::println);
        groups.stream()
                .filter(group -> group.kind() == Group.Kind.STREAMS)
                .forEach(group -> out.println(group.name() + ": wipe the application's local state before it starts"
                        + " on the target; its checkpoints hold offsets of the source"));
        long refused = all.stream().filter(t -> t instanceof Refused).count();
        if (!(proven.verdict() instanceof Verdict.Match)) {
            out.println("offsets: nothing set; verify: " + proven.verdict());
            return Exit.DIFFER;
        }
        if (target == null || refused > 0) {
            out.println(
                    "offsets: nothing set, " + (all.size() - refused) + " positions known, " + refused + " refused");
            return refused > 0 ? Exit.DIFFER : Exit.DONE;
        }
        Map<String, List<Exact>> byGroup = all.stream()
                .map(Exact.class::cast)
                .collect(Collectors.groupingBy(Exact::group, TreeMap::new, Collectors.toList()));
        byGroup.forEach(target::set);
        out.println("offsets: " + all.size() + " positions of " + byGroup.size() + " groups set and read back");
        return Exit.DONE;
    }

    private static int exit(Proven proven) {
        return proven.verdict() instanceof Verdict.Match ? Exit.DONE : Exit.DIFFER;
    }
}
