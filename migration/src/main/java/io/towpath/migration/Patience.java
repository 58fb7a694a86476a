package io.towpath.migration;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How long to wait for something, and how often to look. */
public record Patience(Duration limit, Duration every) {

    public static Patience of(Duration limit) {
        return new Patience(limit, Duration.ofMillis(200));
    }

    /**
     * The first answer that {@code look} gives; empty when the limit passed without one. Looks at least once.
     *
     * @throws Interrupted when the thread is interrupted
     */
    public <T> Optional<T> until(Supplier<Optional<T>> look) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> answer = look.get();
            if (answer.isPresent() || System.nanoTime() >= end) {
                return answer;
            }
            pause();
        }
    }

    /** Waits one {@code every}. */
    public void pause() {
        try {
            // a latch that nobody opens: an interruptible wait
            boolean opened = new CountDownLatch(1).await(every.toMillis(), TimeUnit.MILLISECONDS);
            assert !opened;
        } catch (InterruptedException e) {
            throw new Interrupted("waiting", e);
        }
    }
}
