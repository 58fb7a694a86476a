package io.towpath.jdbc;

/** How long to wait before a failed batch is tried again, in milliseconds: doubled each time, and never too long. */
final class Backoff {
    private static final long FIRST = 200;
    private static final long LONGEST = 10_000;

    private long next = FIRST;

    long next() {
        long wait = next;
        next = Math.min(LONGEST, next * 2);
        return wait;
    }

    void reset() {
        next = FIRST;
    }

    /** Whether the last batch passed. */
    boolean calm() {
        return next == FIRST;
    }
}
