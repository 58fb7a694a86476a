package io.towpath.migration.groups;

import io.towpath.migration.groups.Translated.Exact;
import io.towpath.migration.groups.Translated.Note;
import io.towpath.migration.groups.Translated.Refused;
import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.PartitionResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Positions of groups by the offset map.
 *
 * <p>Always: the next record that a group reads on the target is the first one that it has not read on the source.
 *
 * <pre>
 * source  a b c . d      position at c: the next pair at or after it
 * target  a b . c d                 is c's copy
 * </pre>
 */
public final class Translation {

    private static final Comparator<TopicPartition> PARTITIONS =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final Map<TopicPartition, PartitionResult> proven = new HashMap<>();
    private final Accepted accepted;

    public Translation(Collection<PartitionResult> results, Accepted accepted) {
        results.forEach(result -> proven.put(result.partition(), result));
        this.accepted = accepted;
    }

    public List<Translated> of(Collection<Group> groups) {
        List<Translated> all = new ArrayList<>();
        groups.forEach(group -> all.addAll(of(group)));
        return all;
    }

    private List<Translated> of(Group group) {
        if (group.positions().isEmpty()) {
            return List.of(new Refused(group.name(), null, "it has no position on the source"));
        }
        TreeSet<String> outside = new TreeSet<>();
        group.positions().keySet().stream()
                .filter(tp -> !proven.containsKey(tp))
                .forEach(tp -> outside.add(tp.topic()));
        if (!outside.isEmpty()) {
            return List.of(new Refused(
                    group.name(), null, "it also reads " + outside + ", which this migration does not move"));
        }
        return group.positions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(PARTITIONS))
                .map(e -> one(group, e.getKey(), e.getValue()))
                .toList();
    }

    private Translated one(Group group, TopicPartition partition, Group.Position position) {
        PartitionResult result = proven.get(partition);
        if (position.offset() > result.bounds().sourceFence()) {
            return new Refused(
                    group.name(),
                    partition,
                    "it stands at " + position.offset() + ", beyond what is proven ("
                            + result.bounds().sourceFence() + "); prove again");
        }
        if (position.ahead() > 0 && !accepted.redelivery()) {
            return new Refused(
                    group.name(),
                    partition,
                    position.ahead() + " records beyond its start are acknowledged, and only the start can be set;"
                            + " --accept share-redelivery lets them come again");
        }
        long held = Math.max(position.offset(), result.bounds().sourceStart()); // what is gone there, nobody can read
        long deleted = result.map().between(held, result.bounds().targetStart());
        if (deleted > 0) {
            return new Refused(
                    group.name(),
                    partition,
                    "it stands at " + position.offset() + ", and " + deleted + " records that it has still to read are"
                            + " deleted on the target, whose log begins at "
                            + result.bounds().targetStart());
        }
        long next = result.map().toTarget(held).orElse(result.bounds().targetFence());
        long target = Math.max(next, result.bounds().targetStart());
        long unproven = accepted.missingCoverage() ? 0 : unproven(result, held, target);
        if (unproven > 0) {
            return new Refused(
                    group.name(),
                    partition,
                    unproven + " records that it may still have to read are not proven; --accept-coverage sets "
                            + target + " all the same");
        }
        return new Exact(
                group.name(),
                group.kind(),
                partition,
                position.offset(),
                target,
                position.metadata(),
                position.ahead());
    }

    /** How many of the records without proof may stand at or after a position; those whose place is not known all may. */
    private static long unproven(PartitionResult result, long source, long target) {
        long passed = result.findings().stream()
                .filter(f -> f.kind() == Kind.NOT_PROVEN || f.kind() == Kind.EXPIRED)
                .filter(f -> f.source() == null || f.source().to() < source)
                .filter(f -> f.target() == null || f.target().to() < target)
                .mapToLong(Finding::count)
                .sum();
        return result.unproven() - passed;
    }

    /**
     * Refuses groups of the target that have a position where those of the source have none: left there by an earlier run,
     * it would be gone on from, and nothing says what it skips.
     */
    public List<Refused> leftOver(Collection<Group> onSource, Collection<Group> onTarget) {
        Map<String, Group> there = new HashMap<>();
        onTarget.forEach(group -> there.put(group.name(), group));
        List<Refused> refused = new ArrayList<>();
        for (Group group : onSource) {
            Map<TopicPartition, Group.Position> positions =
                    there.containsKey(group.name()) ? there.get(group.name()).positions() : Map.of();
            proven.keySet().stream()
                    .filter(tp ->
                            positions.containsKey(tp) && !group.positions().containsKey(tp))
                    .sorted(PARTITIONS)
                    .forEach(tp -> refused.add(new Refused(
                            group.name(),
                            tp,
                            "it has no position on the source, and on the target an old one, "
                                    + positions.get(tp).offset() + "; delete that one first")));
        }
        return refused;
    }

    /**
     * What else must be known of a group.
     *
     * @param topics all of the source: they betray a Streams application of the classic protocol
     */
    public List<Translated> notes(Group group, Collection<String> topics) {
        TreeSet<String> read = new TreeSet<>();
        group.positions().keySet().forEach(tp -> read.add(tp.topic()));
        List<Translated> notes = new ArrayList<>();
        proven.keySet().stream()
                .filter(tp -> read.contains(tp.topic()) && !group.positions().containsKey(tp))
                .sorted(PARTITIONS)
                .forEach(tp -> notes.add(new Note(
                        group.name(), tp, "no position on either side; auto.offset.reset decides there, as before")));
        if (group.isStreams(topics)) {
            notes.add(new Note(
                    group.name(),
                    null,
                    "wipe the application's local state before it starts on the other cluster; its checkpoints hold"
                            + " offsets of this one"));
        }
        return notes;
    }
}
