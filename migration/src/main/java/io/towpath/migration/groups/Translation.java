package io.towpath.migration.groups;

import io.towpath.migration.groups.Translated.Exact;
import io.towpath.migration.groups.Translated.Refused;
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

    private static final Comparator<Map.Entry<TopicPartition, Group.Position>> BY_PARTITION = Comparator.comparing(
                    (Map.Entry<TopicPartition, Group.Position> e) -> e.getKey().topic())
            .thenComparing(e -> e.getKey().partition());

    private final Map<TopicPartition, PartitionResult> proven = new HashMap<>();
    private final boolean acceptRedelivery;

    /** {@code acceptRedelivery}: share groups may get records again that they acknowledged out of order. */
    public Translation(Collection<PartitionResult> results, boolean acceptRedelivery) {
        results.forEach(result -> proven.put(result.partition(), result));
        this.acceptRedelivery = acceptRedelivery;
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
                .sorted(BY_PARTITION)
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
        if (position.ahead() > 0 && !acceptRedelivery) {
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
        return new Exact(
                group.name(),
                group.kind(),
                partition,
                position.offset(),
                target,
                position.metadata(),
                position.ahead());
    }
}
