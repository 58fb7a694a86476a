package io.towpath.migration.proof;

import java.util.List;
import java.util.Map;
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
    private final Mode mode;
    private final Comparison comparison;
    private final PartitionResult earlier;
    private final OffsetMap map;
    private final Alignment alignment;
    private final Twins twins;
    private long sourcePosition;
    private long targetPosition;
    private long matched;
    private boolean left;

    /** How a partition is judged. */
    public enum Mode {
        /** Its logs keep every record. */
        IN_ORDER,
        /** Either log is compacted, so records may be gone whose key has a later one. */
        BY_KEY,
        /** The same, and what stands after the last pair is left to the next proof: its key may have a later one yet. */
        BY_KEY_LEAVING_THE_REST
    }

    /** Goes on after {@code earlier}, whose ends are in {@code bounds}; null for none. */
    public PartitionProof(TopicPartition partition, Bounds bounds, Mode mode, Parts parts, PartitionResult earlier) {
        this.mode = mode;
        this.partition = partition;
        this.earlier = earlier;
        this.map = earlier == null ? new OffsetMap() : earlier.map().copy();
        this.bounds = bounds;
        boolean compacted = mode != Mode.IN_ORDER;
        this.comparison = compacted
                ? new ByKey(partition, bounds, parts, map.sourceEnd() - 1, map.targetEnd() - 1)
                : new InOrder(partition, bounds, parts.budget());
        this.twins = new Twins(new Told(), leavesTheRest());
        this.alignment = new Alignment(
                compacted ? WITH_COMPACTION : IN_ORDER,
                parts.readAhead(),
                compacted ? twins : new Told(),
                bounds.targetFence(),
                this::sourceAhead);
        this.sourcePosition = bounds.sourceFrom();
        this.targetPosition = bounds.targetFrom();
        if (sourceRead()) {
            alignment.endSource();
        }
    }

    /**
     * What all partitions share.
     *
     * @param readAhead records of a partition that one side may be read further than the other
     */
    public record Parts(Budget budget, Spill spill, int readAhead) {}

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

    /** Rises whenever something was matched, or read that is to be judged. */
    public synchronized long progress() {
        return sourcePosition + Math.min(targetPosition, bounds.targetFence()) + matched;
    }

    /** Whether what stands after the last pair may be left to the next proof. */
    public boolean leavesTheRest() {
        return mode == Mode.BY_KEY_LEAVING_THE_REST;
    }

    /** Ends the reading. */
    public synchronized void end(Offsets starts) {
        Offsets read = new Offsets(sourcePosition, targetPosition);
        boolean open = sourceRead() ? alignment.sourceWaiting() > 0 : true;
        alignment.end();
        twins.end();
        left = leavesTheRest() && (open || comparison.isOpen());
        comparison.close(new Comparison.Ends(starts, read, left));
    }

    /** The places of a side whose batches must be looked at before {@link #judge}, in order. */
    public synchronized List<Span> vacant(boolean ofSource) {
        return comparison.vacant(ofSource);
    }

    /** Names the differences; returns the records that need a second look. */
    public synchronized List<Suspect> judge(Vacancies source, Vacancies target) {
        return comparison.judge(source, target);
    }

    /** Where what was not compared begins. */
    synchronized Offsets rest() {
        long source = Math.max(bounds.sourceFrom(), bounds.sourceFence());
        long target = Math.max(bounds.targetFrom(), bounds.targetFence());
        return new Offsets(source, Math.max(target, map.targetEnd()));
    }

    /** Names the rest, by what a second look has found of each. */
    public synchronized void settle(Map<Suspect, Suspect.Answer> answers) {
        comparison.settle(answers);
    }

    public synchronized PartitionResult result() {
        Tally tally = comparison.tally();
        PartitionResult result =
                new PartitionResult(partition, judged(), matched, tally.counts(), tally.findings(), map);
        return earlier == null ? result : result.after(earlier);
    }

    /**
     * The {@link #result} to show, never to go on from: as the logs stand now, and with what is left to the next proof as
     * missing coverage.
     */
    public synchronized PartitionResult shown() {
        return result().standing().without(waiting());
    }

    /** Offsets of both sides, below their fences, that are left to the next proof. */
    public synchronized long waiting() {
        Bounds judged = judged();
        return Math.max(0, bounds.sourceFence() - judged.sourceFence())
                + Math.max(0, bounds.targetFence() - judged.targetFence());
    }

    /** What is left was not judged: the next proof begins after the last pair. */
    private Bounds judged() {
        return left ? bounds.endingAt(map.sourceEnd(), map.targetEnd()) : bounds;
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
