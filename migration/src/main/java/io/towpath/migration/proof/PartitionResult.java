package io.towpath.migration.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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

    /** Where the next proof of this partition goes on, on the source: all before is judged. */
    public long sourceNext() {
        return Math.max(bounds.sourceFrom(), bounds.sourceFence());
    }

    /** The same on the target. Records after the last match and beyond the fence are still to be judged. */
    public long targetNext() {
        return Math.max(Math.max(bounds.targetFrom(), bounds.targetFence()), map.targetEnd());
    }

    /** The same, with source and target exchanged: to go on from after a switch. Kinds of findings stay as they are. */
    PartitionResult reversed() {
        Bounds other = new Bounds(
                bounds.targetStart(),
                targetNext(),
                bounds.sourceStart(),
                sourceNext(),
                bounds.targetAfter(),
                bounds.sourceAfter());
        List<Finding> exchanged = findings.stream().map(Finding::reversed).toList();
        return new PartitionResult(partition, other, matched, counts, exchanged, map.reversed());
    }

    /** This, the proof that went on after {@code earlier}, and {@code earlier} as one. The map is already one. */
    PartitionResult after(PartitionResult earlier) {
        Map<Kind, Long> sums = new EnumMap<>(Kind.class);
        sums.putAll(earlier.counts);
        counts.forEach((kind, count) -> sums.merge(kind, count, Long::sum));
        List<Finding> all = new ArrayList<>(earlier.findings);
        all.addAll(findings);
        if (all.size() > Tally.LISTED) { // differences before missing coverage: what was found last must have its place
            all.sort(Comparator.comparing(finding -> !finding.kind().isFinding()));
        }
        return new PartitionResult(
                partition,
                bounds,
                matched + earlier.matched,
                sums,
                all.subList(0, Math.min(all.size(), Tally.LISTED)),
                map);
    }

    /**
     * The same as the logs stand now: pairs that were compared, that the source still has and the target has deleted since,
     * are equal no longer. A reader of the target would miss them.
     */
    PartitionResult standing() {
        Tally gone = new Tally(partition);
        map.forEachBetween(
                bounds.sourceStart(),
                bounds.targetStart(),
                run -> gone.add(new Finding(
                        Kind.EXPIRED,
                        partition,
                        new Span(run.source(), run.sourceLast()),
                        new Span(run.target(), run.targetLast()),
                        run.length())));
        if (gone.total() == 0) {
            return this;
        }
        return new PartitionResult(partition, bounds, matched - gone.total(), gone.counts(), gone.findings(), map)
                .after(new PartitionResult(partition, bounds, 0, counts, findings, map));
    }

    /** The same, with {@code offsets} more that nobody looked at. */
    public PartitionResult without(long offsets) {
        if (offsets <= 0) {
            return this;
        }
        Map<Kind, Long> more = new EnumMap<>(Kind.class);
        more.putAll(counts);
        more.merge(Kind.NOT_PROVEN, offsets, Long::sum);
        return new PartitionResult(partition, bounds, matched, more, findings, map);
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
