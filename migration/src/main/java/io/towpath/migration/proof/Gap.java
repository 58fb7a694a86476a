package io.towpath.migration.proof;

import java.util.ArrayList;
import java.util.List;

/** Records without counterpart between two matched pairs, with the offsets of the pairs around them. */
final class Gap {

    final List<Entry> source;
    final List<Entry> target;
    final Crowd moreOfSource = new Crowd(true);
    final Crowd moreOfTarget = new Crowd(false);
    final long afterSource;
    final long afterTarget;
    long beforeSource = Long.MAX_VALUE;
    long beforeTarget = Long.MAX_VALUE;

    Gap(List<Entry> source, List<Entry> target, long afterSource, long afterTarget) {
        this.source = new ArrayList<>(source);
        this.target = new ArrayList<>(target);
        this.afterSource = afterSource;
        this.afterTarget = afterTarget;
    }

    boolean isCrowded() {
        return !moreOfSource.isEmpty() || !moreOfTarget.isEmpty();
    }

    /** How many offsets of the other side's copy, in this gap, lie in {@code [from, to)}. */
    static long hidden(long after, long before, long from, long to) {
        return Math.max(0, Math.min(before, to) - Math.max(after + 1, from));
    }
}
