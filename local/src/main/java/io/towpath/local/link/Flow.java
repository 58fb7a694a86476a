package io.towpath.local.link;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** One direction of a {@link TcpLink}, over all its connections. What is set applies to bytes not yet passed on. */
public final class Flow {

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicReference<Tripwire> tripwire = new AtomicReference<>();
    private boolean held;
    private long delayNanos;
    private long bytesPerSecond = Long.MAX_VALUE;
    private long freeAt = System.nanoTime();

    Flow() {}

    /** Passes nothing on: bytes wait, connections stay. */
    public void hold() {
        change(() -> held = true);
    }

    /** Passes on what {@link #hold} kept back, and all that follows. */
    public void release() {
        change(() -> held = false);
    }

    /** Keeps each piece of up to {@value Connection#PIECE} bytes back for this long, one after the other. */
    public void delay(Duration each) {
        change(() -> delayNanos = each.toNanos());
    }

    /** Passes on at most this many bytes per second, over all connections; {@code Long.MAX_VALUE} for no limit. */
    public void throttle(long bytes) {
        change(() -> {
            bytesPerSecond = bytes;
            freeAt = System.nanoTime();
        });
    }

    /**
     * Once: cuts the connection on which this text comes along, before the text's last byte is passed on.
     *
     * @param text ASCII
     * @return done when that has happened
     */
    public CompletableFuture<Void> cutAt(String text) {
        CompletableFuture<Void> cut = new CompletableFuture<>();
        set(new Tripwire(text, connection -> {
            connection.cut();
            cut.complete(null);
        }));
        return cut;
    }

    void set(Tripwire next) {
        tripwire.set(next);
    }

    /**
     * Looks at what has just come on a connection, and at the end of what came before: a text may come in two pieces.
     *
     * @param start of the new bytes in the buffer
     * @param end of the new bytes in the buffer
     */
    void inspect(byte[] buffer, int start, int end, Connection connection) {
        Tripwire now = tripwire.get();
        if (now == null) {
            return;
        }
        int from = Math.max(0, start - now.text().length() + 1); // a text that has passed already does not count
        String seen = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
        if (seen.contains(now.text()) && tripwire.compareAndSet(now, null)) {
            now.action().accept(connection);
        }
    }

    /** Waits until that many bytes may go on, or their connection is cut. */
    void await(int bytes, BooleanSupplier cut) throws InterruptedException {
        lock.lock();
        try {
            long notBefore = System.nanoTime() + delayNanos;
            while (!cut.getAsBoolean() && (held || remaining(notBefore) > 0)) {
                if (held) {
                    changed.await();
                } else {
                    changed.await(remaining(notBefore), TimeUnit.NANOSECONDS);
                }
            }
            long cost = (long) (1e9 * bytes / bytesPerSecond);
            freeAt = Math.max(freeAt, System.nanoTime()) + cost;
        } finally {
            lock.unlock();
        }
    }

    private long remaining(long notBefore) {
        long now = System.nanoTime();
        return Math.max(notBefore - now, freeAt - now);
    }

    /** Lets those who wait look again. */
    void wake() {
        change(() -> {});
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
