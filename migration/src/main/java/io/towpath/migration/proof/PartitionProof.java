package io.towpath.migration.proof;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * The comparison of one partition, fed from two threads: one reads the source, one the target. Records of the source at
 * or beyond its fence are not to be given.
 */
public final class PartitionProof {

    private static final int IN_ORDER = 3;
    private static final int WITH_COMPACTION = 1;

    private final TopicPartition partition;
    private final Bounds bounds;
    private final Comparison comparison;
    private final PartitionResult earlier;
    private final OffsetMap map;
    private final Alignment alignment;
    private long sourcePosition;
    private long targetPosition;
    private long matched;

    /** {@code compacted}: either side's topic is, so records may be gone whose key has a later one. */
    public PartitionProof(TopicPartition partition, Bounds bounds, boolean compacted, Parts parts) {
        this(partition, bounds, compacted, parts, null);
    }

    /** Goes on after {@code earlier}, whose ends are in {@code bounds}; null for none. */
    public PartitionProof(
            TopicPartition partition, Bounds bounds, boolean compacted, Parts parts, PartitionResult earlier) {
        this.partition = partition;
        this.earlier = earlier;
        this.map = earlier == null ? new OffsetMap() : earlier.map().copy();
        this.bounds = bounds;
        this.comparison = compacted
                ? new ByKey(partition, bounds, parts, map.sourceEnd() - 1, map.targetEnd() - 1)
                : new InOrder(partition, bounds, parts.budget());
        this.alignment = new Alignment(
                compacted ? WITH_COMPACTION : IN_ORDER, new Told(), bounds.targetFence(), this::sourceAhead);
        this.sourcePosition = bounds.sourceFrom();
        this.targetPosition = bounds.targetFrom();
        if (sourceRead()) {
            alignment.endSource();
        }
    }

    /** What all partitions share. */
    public record Parts(Budget budget, Spill spill) {}

    public TopicPartition partition() {
        return partition;
    }

    public Bounds bounds() {
        return bounds;
    }

    /** Records read from the source, in order, and the reader's position after them. */
    public synchronized void source(List<Entry> entries, long position) {
        entries.forEach(alignment::source);
        sourcePosition = position;
        alignment.advance();
        if (sourceRead()) {
            alignment.endSource();
        }
    }

    /** Records read from the target, in order, and the reader's position after them. */
    public synchronized void target(List<Entry> entries, long position) {
        entries.forEach(alignment::target);
        targetPosition = position;
        alignment.advance();
    }

    public synchronized boolean wantsSource() {
        return alignment.wantsSource() && !sourceRead();
    }

    public synchronized boolean wantsTarget() {
        return alignment.wantsTarget();
    }

    /** The target stands still: what the source has beyond it is taken for missing. */
    public synchronized void targetStands() {
        alignment.endTarget();
    }

    /** Whether the target was read to its fence, so that waiting for it means waiting for the flow. */
    public synchronized boolean targetRead() {
        return targetPosition >= bounds.targetFence();
    }

    public synchronized boolean sourceRead() {
        return sourcePosition >= bounds.sourceFence();
    }

    /** Every record of the source below its fence has its match, and the target was read to its own fence. */
    public synchronized boolean complete() {
        return sourceRead() && alignment.sourceWaiting() == 0 && targetPosition >= bounds.targetFence();
    }

    public synchronized long matched() {
        return matched;
    }

    /** Offsets of the source's range that are read; for progress. */
    public synchronized long sourcePosition() {
        return sourcePosition;
    }

    /** Rises whenever anything was read or matched on either side. */
    public synchronized long progress() {
        return sourcePosition + targetPosition + matched;
    }

    /** Ends the comparison; returns the records of the target that must be looked up in the source. */
    public synchronized List<Entry> end(LogStarts ends) {
        alignment.end();
        return comparison.close(ends);
    }

    /** What looking up found; {@code original} is null when the source has no such record. */
    public synchronized void suspect(Entry suspect, Entry original) {
        comparison.suspect(suspect, original);
    }

    public synchronized PartitionResult result() {
        Tally tally = comparison.tally();
        PartitionResult result = new PartitionResult(partition, bounds, matched, tally.counts(), tally.findings(), map);
        return earlier == null ? result : result.after(earlier);
    }

    private long sourceAhead() {
        return (bounds.sourceFence() - sourcePosition + alignment.sourceWaiting())
                - (bounds.targetFence() - targetPosition + alignment.targetWaiting());
    }

    private final class Told implements Alignment.Listener {
        @Override
        public void matched(Entry source, Entry target) {
            matched++;
            map.add(source.offset(), target.offset());
            comparison.matched(source, target);
        }

        @Override
        public void gap(List<Entry> source, List<Entry> target, boolean last) {
            comparison.gap(source, target, last);
        }
    }
}
