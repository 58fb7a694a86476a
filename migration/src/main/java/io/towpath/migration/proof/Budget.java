package io.towpath.migration.proof;

import java.util.concurrent.atomic.AtomicLong;

/** How many records all partitions together may remember in order to name their differences. */
public final class Budget {

    private final AtomicLong left;

    public Budget(long records) {
        this.left = new AtomicLong(records);
    }

    /** Takes {@code records} if there are so many left, none otherwise. */
    boolean take(int records) {
        if (left.addAndGet(-records) >= 0) {
            return true;
        }
        left.addAndGet(records);
        return false;
    }

    /** Gives back what was taken and is forgotten again. */
    void give(int records) {
        left.addAndGet(records);
    }
}
