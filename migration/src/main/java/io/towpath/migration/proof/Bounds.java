package io.towpath.migration.proof;

/**
 * What is known of the logs around a comparison; all offsets, ends exclusive.
 *
 * @param sourceStart log start of the source when the proof began
 * @param sourceFence it compares below: the last stable offset of the source when the proof began, or less
 * @param targetStart log start of the target when the proof began
 * @param targetFence every honest record of the target below has its original below the source's fence: the last stable
 *     offset of the target, read before the source's
 * @param sourceAfter the last offset that an earlier proof has judged; -1 for none
 * @param targetAfter the same on the target
 */
public record Bounds(
        long sourceStart, long sourceFence, long targetStart, long targetFence, long sourceAfter, long targetAfter) {

    /** For a proof that begins anew. */
    public Bounds(long sourceStart, long sourceFence, long targetStart, long targetFence) {
        this(sourceStart, sourceFence, targetStart, targetFence, -1, -1);
    }

    /**
     * The same with at most {@code offsets} of the source, so that a proof can be kept in between. What the target holds
     * after the last match is then left to the next.
     */
    public Bounds atMost(long offsets) {
        if (sourceFence - sourceFrom() <= offsets) {
            return this;
        }
        return new Bounds(sourceStart, sourceFrom() + offsets, targetStart, targetFrom(), sourceAfter, targetAfter);
    }

    /** The last {@code offsets} of both sides alone; 0 for all. */
    public Bounds last(long offsets) {
        return offsets == 0
                ? this
                : new Bounds(
                        Math.max(sourceStart, sourceFence - offsets),
                        sourceFence,
                        Math.max(targetStart, targetFence - offsets),
                        targetFence,
                        sourceAfter,
                        targetAfter);
    }

    /** The same, judged no further than to these ends. */
    Bounds endingAt(long source, long target) {
        return new Bounds(
                sourceStart,
                Math.max(sourceFrom(), source),
                targetStart,
                Math.max(targetFrom(), target),
                sourceAfter,
                targetAfter);
    }

    /** Where the source is read from. */
    public long sourceFrom() {
        return Math.max(sourceStart, sourceAfter + 1);
    }

    /** Where the target is read from. */
    public long targetFrom() {
        return Math.max(targetStart, targetAfter + 1);
    }

    /** Where the source's log began when it was first watched: what is gone from there on has gone under our eyes. */
    long sourceWatched() {
        return sourceAfter < 0 ? sourceStart : sourceAfter + 1;
    }

    long targetWatched() {
        return targetAfter < 0 ? targetStart : targetAfter + 1;
    }

    /** Offsets of the source that were deleted between two proofs, before this one could read them. */
    long sourceMissed() {
        return sourceAfter < 0 ? 0 : Math.max(0, sourceStart - (sourceAfter + 1));
    }
}
