package io.towpath.migration.proof;

/**
 * A place of a compacted log, between two matched pairs, at which records have no counterpart. Pairs of deletions may stand
 * within it: two of one key in a millisecond are identical, so such a pair tells less surely where it belongs.
 */
final class Place {

    private final long afterSource;
    private final long afterTarget;
    private long beforeSource = Long.MAX_VALUE;
    private long beforeTarget = Long.MAX_VALUE;
    private long sources;
    private long targets;
    private long lastSource = -1;
    private long lastTarget = -1;
    private long sourcesSince;
    private long targetsSince;
    private Slots onSource;
    private Slots onTarget;

    /** After a pair at these offsets; -1 for the start of a log. */
    Place(long afterSource, long afterTarget) {
        this.afterSource = afterSource;
        this.afterTarget = afterTarget;
    }

    void add(int moreSources, int moreTargets) {
        sources += moreSources;
        targets += moreTargets;
        sourcesSince += moreSources;
        targetsSince += moreTargets;
    }

    /** A pair within. */
    void pair(long source, long target) {
        sources++;
        targets++;
        sourcesSince = 0;
        targetsSince = 0;
        lastSource = source;
        lastTarget = target;
    }

    /** Nothing behind the last pair within belongs to it. */
    void closeAtLastPair() {
        if (lastSource >= 0) {
            sources -= sourcesSince + 1;
            targets -= targetsSince + 1;
            close(lastSource, lastTarget);
        }
    }

    /** Whether a record that was added to it stands behind its end. */
    boolean leaves(Suspect one) {
        return isOpen() || isBefore(one.entry().offset(), one.ofSource());
    }

    /** Before a pair at these offsets. */
    void close(long nextSource, long nextTarget) {
        beforeSource = nextSource;
        beforeTarget = nextTarget;
    }

    boolean isOpen() {
        return beforeSource == Long.MAX_VALUE;
    }

    /** Whether a record of that offset stands beyond this place. */
    boolean isBefore(long offset, boolean onSourceSide) {
        return offset >= (onSourceSide ? beforeSource : beforeTarget);
    }

    /**
     * The offsets of a side, from its log's start to {@code end}, that must explain what it lacks; null when it lacks nothing
     * here.
     */
    Span vacant(boolean ofSource, long start, long end) {
        long from = Math.max(start, (ofSource ? afterSource : afterTarget) + 1);
        long to = Math.min(ofSource ? beforeSource : beforeTarget, end) - 1;
        long lacking = ofSource ? targets : sources;
        return lacking == 0 || to < from || to - from + 1 <= (ofSource ? sources : targets) ? null : new Span(from, to);
    }

    /** Counts the empty offsets of both sides; {@code ends}: of what was read. */
    void count(Bounds bounds, Offsets starts, Vacancies source, Vacancies target, Offsets ends) {
        onSource = new Slots(
                new Span(afterSource, Math.min(beforeSource, ends.source())),
                sources,
                source,
                bounds.sourceAfter() < 0 ? bounds.sourceStart() : 0,
                starts.source());
        onTarget = new Slots(
                new Span(afterTarget, Math.min(beforeTarget, ends.target())),
                targets,
                target,
                bounds.targetAfter() < 0 ? bounds.targetStart() : 0,
                starts.target());
    }

    /** What the side that lacks a record has in its place. */
    Slots lacking(boolean ofSource) {
        return ofSource ? onTarget : onSource;
    }
}
