package io.towpath.migration.connect;

import io.towpath.migration.BadInput;
import io.towpath.migration.Patience;
import java.time.Duration;

/** Brings a failed connector back: restarts what has failed, with pauses that double, until all of it runs. */
public final class Revival {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ConnectRest rest;
    private final Duration limit;

    public Revival(ConnectRest rest, Duration limit) {
        this.rest = rest;
        this.limit = limit;
    }

    /** The last status seen; it runs, or the time was over. */
    public ConnectorStatus of(String name) {
        long end = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            ConnectorStatus status = status(name);
            if (status.running() || System.nanoTime() >= end) {
                return status;
            }
            if (status.failure().isPresent()) {
                rest.restartFailed(name);
            }
            new Patience(pause, pause).pause();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private ConnectorStatus status(String name) {
        return rest.status(name)
                .orElseThrow(() -> new BadInput(name + " given; wanted: a connector that the worker has"));
    }
}
