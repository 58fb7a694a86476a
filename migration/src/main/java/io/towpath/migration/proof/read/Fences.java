package io.towpath.migration.proof.read;

import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Offsets;
import io.towpath.migration.proof.PartitionResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the comparison of each partition begins and ends. The target's end is read before the source's, so every honest
 * record below the former has its original below the latter. A partition that one side lacks
 * is a difference, also when it is empty.
 */
final class Fences {

    private final ClusterView source;
    private final ClusterView target;
    private final Set<TopicPartition> onSource;
    private final Set<TopicPartition> onTarget;

    Fences(ClusterView source, ClusterView target, Collection<String> topics) {
        this.source = source;
        this.target = target;
        this.onSource = source.partitions(topics);
        this.onTarget = target.partitions(topics);
        refuseOneSided(topics, onSource, onTarget);
    }

    /** @throws Incomplete naming what one cluster lacks */
    static void refuseOneSided(Collection<String> topics, Set<TopicPartition> onSource, Set<TopicPartition> onTarget) {
        List<String> lacks = new ArrayList<>();
        for (TopicPartition tp : onSource) {
            if (!onTarget.contains(tp)) {
                lacks.add("the target lacks " + tp);
            }
        }
        for (TopicPartition tp : onTarget) {
            if (!onSource.contains(tp)) {
                lacks.add("the source lacks " + tp);
            }
        }
        for (String topic : topics) {
            if (onSource.stream().noneMatch(tp -> tp.topic().equals(topic))
                    && onTarget.stream().noneMatch(tp -> tp.topic().equals(topic))) {
                lacks.add("neither cluster has " + topic);
            }
        }
        if (!lacks.isEmpty()) {
            throw new Incomplete(String.join(", ", lacks.subList(0, Math.min(lacks.size(), 5)))
                    + (lacks.size() > 5 ? " and " + (lacks.size() - 5) + " more" : "")
                    + "; towpath plan shows what to change");
        }
    }

    Set<TopicPartition> onSource() {
        return onSource;
    }

    Set<TopicPartition> onTarget() {
        return onTarget;
    }

    /** {@code earlier}: where an earlier proof ended, if any. */
    Map<TopicPartition, Bounds> read(Map<TopicPartition, PartitionResult> earlier) {
        Map<TopicPartition, Long> targetStarts = target.starts(onTarget);
        Map<TopicPartition, Long> targetEnds = target.stableEnds(onTarget);
        Map<TopicPartition, Long> sourceStarts = source.starts(onSource);
        Map<TopicPartition, Long> sourceEnds = source.stableEnds(onSource);
        Map<TopicPartition, Bounds> bounds = new LinkedHashMap<>();
        for (TopicPartition tp : all()) {
            PartitionResult before = earlier.get(tp);
            if (before != null) {
                refuseTruncated(before, sourceEnds.getOrDefault(tp, 0L), targetEnds.getOrDefault(tp, 0L));
            }
            bounds.put(
                    tp,
                    new Bounds(
                            sourceStarts.getOrDefault(tp, 0L),
                            sourceEnds.getOrDefault(tp, 0L),
                            targetStarts.getOrDefault(tp, 0L),
                            targetEnds.getOrDefault(tp, 0L),
                            before == null ? -1 : before.sourceNext() - 1,
                            before == null ? -1 : before.targetNext() - 1));
        }
        return bounds;
    }

    /** @throws ReadFailure when a log has lost its end after it was judged: what was proven is no longer there */
    static void refuseTruncated(PartitionResult before, long sourceEnd, long targetEnd) {
        boolean target = targetEnd < before.targetNext();
        if (target || sourceEnd < before.sourceNext()) {
            throw new ReadFailure(
                    "the " + (target ? "target" : "source") + "'s log of " + before.partition() + " ends at "
                            + (target ? targetEnd : sourceEnd) + ", before what the checkpoint has judged ("
                            + (target ? before.targetNext() : before.sourceNext())
                            + "): it was cut; delete the checkpoint to prove anew");
        }
    }

    Map<TopicPartition, Offsets> startsNow() {
        Map<TopicPartition, Long> sources = source.starts(onSource);
        Map<TopicPartition, Long> targets = target.starts(onTarget);
        Map<TopicPartition, Offsets> starts = new HashMap<>();
        for (TopicPartition tp : all()) {
            starts.put(tp, new Offsets(sources.getOrDefault(tp, 0L), targets.getOrDefault(tp, 0L)));
        }
        return starts;
    }

    private Set<TopicPartition> all() {
        Set<TopicPartition> all = new HashSet<>(onSource);
        all.addAll(onTarget);
        return all;
    }
}
