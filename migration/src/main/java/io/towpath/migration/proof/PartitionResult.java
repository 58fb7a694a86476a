package io.towpath.migration.proof;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What the proof found in one partition.
 *
 * @param matched records that are equal on both sides, in order
 * @param counts records per class
 * @param findings where they are; at most {@link Tally#LISTED} spans
 * @param map which record is which
 */
public record PartitionResult(
        TopicPartition partition,
        Bounds bounds,
        long matched,
        Map<Kind, Long> counts,
        List<Finding> findings,
        OffsetMap map) {

    public PartitionResult {
        counts = Map.copyOf(counts);
        findings = List.copyOf(findings);
    }

    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Records by which the clusters differ. */
    public long differences() {
        return counts.entrySet().stream()
                .filter(e -> e.getKey().isFinding())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Records that could not be compared, because one side no longer had them. */
    public long unproven() {
        return count(Kind.NOT_PROVEN) + count(Kind.EXPIRED);
    }
}
