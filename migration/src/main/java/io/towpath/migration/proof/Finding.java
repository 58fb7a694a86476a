package io.towpath.migration.proof;

import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * One difference, or several of one kind in a row. Never content.
 *
 * @param source offsets on the source; null when the source has no such record
 * @param target offsets on the target; null when the target has no such record
 * @param count records in it
 */
public record Finding(Kind kind, TopicPartition partition, Span source, Span target, long count) {

    /** Of several partitions: differences before missing coverage, so that a list cut short shows them. */
    public static List<Finding> of(List<PartitionResult> results) {
        return results.stream()
                .flatMap(result -> result.findings().stream())
                .sorted(Comparator.comparing(finding -> !finding.kind().isFinding()))
                .toList();
    }

    /** The two as one, if {@code next} follows at once on the side that both have. */
    boolean joins(Finding next) {
        return kind == next.kind
                && partition.equals(next.partition)
                && follows(source, next.source)
                && follows(target, next.target);
    }

    Finding and(Finding next) {
        return new Finding(
                kind,
                partition,
                source == null ? null : source.and(next.source),
                target == null ? null : target.and(next.target),
                count + next.count);
    }

    private static boolean follows(Span first, Span second) {
        return first == null ? second == null : second != null && second.from() == first.to() + 1;
    }

    /** The same, with source and target exchanged. Its kind stays as it is. */
    public Finding reversed() {
        return new Finding(kind, partition, target, source, count);
    }

    @Override
    public String toString() {
        return kind.label() + " " + place();
    }

    /** Where it is, and how many records: as it is shown, without the kind. */
    public String place() {
        return partition
                + (source == null ? "" : ", source " + source)
                + (target == null ? "" : ", target " + target)
                + (count == 1 ? "" : " (" + count + " records)");
    }
}
