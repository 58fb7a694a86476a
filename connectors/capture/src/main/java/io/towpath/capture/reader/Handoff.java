package io.towpath.capture.reader;

import io.towpath.capture.unit.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where the readers leave units and the task fetches them.
 *
 * <p>Always: (A) the units of one database come out in the order in which they went in; (B) the records that wait are at
 * most {@code capacity}, or one unit. A reader waits while there is no room: that is what holds back a fast database.
 */
public final class Handoff {

    private final int capacity;
    private final Semaphore room;
    private final LinkedBlockingQueue<Unit> waiting = new LinkedBlockingQueue<>();

    /** @param capacity most records that wait */
    public Handoff(int capacity) {
        this.capacity = capacity;
        this.room = new Semaphore(capacity);
    }

    /** Leaves {@code unit}; waits for room. */
    public void put(Unit unit) throws InterruptedException {
        room.acquire(weight(unit));
        waiting.add(unit);
    }

    /**
     * Whole units of about {@code most} records: waits for a first one up to {@code patience}, then gathers for
     * {@code gathering}. Empty if there was none.
     */
    public List<Unit> take(int most, Duration patience, Duration gathering) throws InterruptedException {
        List<Unit> units = new ArrayList<>();
        Unit next = waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        long until = System.nanoTime() + gathering.toNanos();
        int size = 0;
        while (next != null) {
            units.add(next);
            room.release(weight(next));
            size += next.size();
            next = size >= most ? null : waiting.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return units;
    }

    private int weight(Unit unit) {
        return Math.min(capacity, Math.max(1, unit.size()));
    }
}
