package io.towpath.demo.soak;

import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.RestFailure;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** Restarts what has failed of a worker's connectors, as an operator's own watch would: Connect itself does not. */
public final class Watchman {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConnectRest rest;
    private final Consumer<String> told;
    private int restarts;

    /** {@code told} takes why something had failed, one line. */
    public Watchman(URI worker, Consumer<String> told) {
        this.rest = new ConnectRest(worker, PATIENCE);
        this.told = told;
    }

    /** One round. A worker that does not answer is passed over. */
    public void look() {
        try {
            for (String name : rest.connectors()) {
                rest.status(name).flatMap(status -> status.failure()).ifPresent(why -> {
                    rest.restartFailed(name);
                    count();
                    told.accept(name + " had failed: " + why.lines().findFirst().orElse(""));
                });
            }
        } catch (RestFailure down) {
            // by the next round it may be back
        }
    }

    private synchronized void count() {
        restarts++;
    }

    /** How often something of them was restarted. */
    public synchronized int restarts() {
        return restarts;
    }
}
