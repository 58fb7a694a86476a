package io.towpath.capture.reader;

import java.time.Duration;

/** How long to wait before the next attempt: doubles from {@code first} up to {@code most}, until something worked. */
final class Backoff {

    private final Duration first;
    private final Duration most;
    private Duration next;

    Backoff(Duration first, Duration most) {
        this.first = first;
        this.most = most;
        this.next = first;
    }

    Duration next() {
        Duration now = next;
        Duration twice = now.multipliedBy(2);
        next = twice.compareTo(most) > 0 ? most : twice;
        return now;
    }

    void worked() {
        next = first;
    }
}
