package io.towpath.migration.proof.read;

import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.LogStarts;
import io.towpath.migration.proof.PartitionResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the comparison of each partition begins and ends. The target's end is read before the source's, so every honest
 * record below the former has its original below the latter. A partition that one side lacks is empty there.
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

    Map<TopicPartition, LogStarts> startsNow() {
        Map<TopicPartition, Long> sources = source.starts(onSource);
        Map<TopicPartition, Long> targets = target.starts(onTarget);
        Map<TopicPartition, LogStarts> starts = new HashMap<>();
        for (TopicPartition tp : all()) {
            starts.put(tp, new LogStarts(sources.getOrDefault(tp, 0L), targets.getOrDefault(tp, 0L)));
        }
        return starts;
    }

    private Set<TopicPartition> all() {
        Set<TopicPartition> all = new HashSet<>(onSource);
        all.addAll(onTarget);
        return all;
    }
}
