package io.towpath.capture;

import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One client that inserts orders at a pace that it never exceeds, however much the servers could take. */
final class SteadyLoad {

    private static final int ROWS_PER_TRANSACTION = 10;

    private final AtomicInteger written = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final CompletableFuture<Void> inserting;

    SteadyLoad(Connection db, int rowsPerSecond) {
        long apart = TimeUnit.SECONDS.toNanos(1) * ROWS_PER_TRANSACTION / rowsPerSecond;
        inserting = CompletableFuture.runAsync(() -> insert(db, apart));
    }

    /** The id of the last row that is committed; the first is 1. */
    int written() {
        return written.get();
    }

    /** Ends it; the id of the last row. */
    int end() throws Exception {
        stop.set(true);
        inserting.get(1, TimeUnit.MINUTES);
        return written();
    }

    private void insert(Connection db, long apart) {
        long next = System.nanoTime();
        while (!stop.get()) {
            int first = written.get() + 1;
            int last = written.get() + ROWS_PER_TRANSACTION;
            CaptureStack.text(
                    db,
                    "insert into orders select n, 1, 'new', '' from generate_series(" + first + ", " + last
                            + ") n returning id");
            written.set(last);
            next = Math.max(next + apart, System.nanoTime()); // what was slow is not made up for
            pause(next - System.nanoTime());
        }
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos); // the pace, no outcome
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
