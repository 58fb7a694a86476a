package io.towpath.jdbc;

import java.time.Duration;

/** How long a task waits for what will end by itself. */
final class Patience {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final long start = System.nanoTime();
    private final Duration longest;

    /** From now on. */
    Patience(Duration longest) {
        this.longest = longest;
    }

    boolean lasts() {
        return System.nanoTime() - start < longest.toNanos();
    }

    /** Whether {@code state} is a lock, whose session the database ends, and there is time left. */
    boolean holdsFor(String state) {
        return LOCK_NOT_AVAILABLE.equals(state) && lasts();
    }
}
