package io.towpath.demo.story;

import io.towpath.migration.Patience;
import java.sql.SQLException;
import java.time.Duration;

/** Waits for a condition, looking again every half second, up to a limit. */
record Waiting(Duration limit) {

    private static final Patience MOMENT = new Patience(Duration.ZERO, Duration.ofMillis(500));

    /** Something that can be looked at. */
    @FunctionalInterface
    interface Look {
        boolean satisfied() throws SQLException;
    }

    /** @throws IllegalStateException that names what was awaited, after the limit */
    void until(String what, Look look) throws SQLException {
        long started = System.nanoTime();
        while (!look.satisfied()) {
            if (System.nanoTime() - started > limit.toNanos()) {
                throw new IllegalStateException("waited " + limit.toSeconds() + " s in vain for " + what);
            }
            moment();
        }
    }

    static void moment() {
        MOMENT.pause();
    }
}
