package io.towpath.migration.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * Records without counterpart between two matched pairs of a compacted log. Compaction leaves holes in the offsets of the
 * side that it cleaned, so that side may lack as many records here as it has holes, and no more.
 */
final class Holes {

    final List<Entry> source = new ArrayList<>();
    final List<Entry> target = new ArrayList<>();
    private final long afterSource;
    private final long afterTarget;
    private long sources;
    private long targets;
    private long beyondFence;
    private long lastTarget = -1;
    private long beforeSource;
    private long beforeTarget;

    /** Opens after a pair at these offsets; -1 for the start of a log. */
    Holes(long afterSource, long afterTarget) {
        this.afterSource = afterSource;
        this.afterTarget = afterTarget;
    }

    /** Counts all, and remembers them if {@code remember}; of the target those are judged that are below its fence. */
    void add(List<Entry> missing, List<Entry> judged, List<Entry> seen, boolean remember) {
        sources += missing.size();
        targets += judged.size();
        beyondFence += seen.size() - judged.size();
        if (!seen.isEmpty()) {
            lastTarget = seen.get(seen.size() - 1).offset();
        }
        if (remember) {
            source.addAll(missing);
            target.addAll(judged);
        }
    }

    /** Closes before a pair at these offsets, or the ends of what was read. */
    void close(long nextSource, long nextTarget) {
        beforeSource = nextSource;
        beforeTarget = Math.max(nextTarget, lastTarget + 1);
    }

    boolean isEmpty() {
        return sources + targets == 0;
    }

    int remembered() {
        return source.size() + target.size();
    }

    /** Whether there is a hole for every record. */
    boolean explained() {
        return sources <= onTarget() && targets <= onSource();
    }

    long onSource() {
        return Math.max(0, beforeSource - afterSource - 1 - sources);
    }

    long onTarget() {
        return Math.max(0, beforeTarget - afterTarget - 1 - targets - beyondFence);
    }

    /** Records that were counted but not remembered and find no hole. */
    long sourceUntold() {
        return Math.max(0, sources - source.size() - Math.max(0, onTarget() - source.size()));
    }

    long targetUntold() {
        return Math.max(0, targets - target.size() - Math.max(0, onSource() - target.size()));
    }
}
