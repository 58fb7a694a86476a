package io.towpath.jdbc;

import io.towpath.jdbc.config.ConnectionConfig;
import java.time.Duration;

/** How long a task waits in {@code open()} for a session that holds its rows: until the database has ended it. */
final class Patience {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final long start = System.nanoTime();
    private final Duration longest;

    Patience(ConnectionConfig config) {
        this.longest = config.idleTimeout().plus(config.lockTimeout());
    }

    /** Whether {@code state} is a lock that will end, and there is time left. */
    boolean holdsFor(String state) {
        return LOCK_NOT_AVAILABLE.equals(state) && System.nanoTime() - start < longest.toNanos();
    }
}
