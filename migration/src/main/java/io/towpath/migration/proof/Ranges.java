package io.towpath.migration.proof;

import java.util.Arrays;

/** Ranges of offsets, added in rising order; answers how many of its offsets lie in a span. */
public final class Ranges {

    /** Per range: from, to (exclusive), and how many offsets the ranges before it have. */
    private long[] ranges = new long[12];

    private int used;

    /** Adds {@code [from, to)} after all others. */
    public void add(long from, long to) {
        if (to <= from) {
            return;
        }
        if (used > 0 && ranges[used - 2] == from) {
            ranges[used - 2] = to;
            return;
        }
        if (used == ranges.length) {
            ranges = Arrays.copyOf(ranges, used * 2);
        }
        ranges[used] = from;
        ranges[used + 1] = to;
        ranges[used + 2] = used == 0 ? 0 : ranges[used - 1] + ranges[used - 2] - ranges[used - 3];
        used += 3;
    }

    /** How many offsets of {@code [from, to)} are in a range. */
    long in(long from, long to) {
        return Math.max(0, below(to) - below(from));
    }

    private long below(long offset) {
        int low = 0;
        int high = used / 3;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges[middle * 3] < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return 0;
        }
        int last = (low - 1) * 3;
        return ranges[last + 2] + Math.min(offset, ranges[last + 1]) - ranges[last];
    }
}
