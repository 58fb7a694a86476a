package io.towpath.capture.reader;

import io.towpath.capture.unit.Unit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the readers leave units and the task fetches them.
 *
 * <p>Always: (A) the units of one database come out in the order in which they went in; (B) the records that wait are at
 * most {@code capacity}, or one unit. A reader waits while there is no room: that is what holds back a fast database.
 *
 * <p>A thread is woken for a batch, never for each unit: to wake one costs more than most units do.
 */
public final class Handoff {

    private final int capacity;
    private final Deque<Unit> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition arrived = lock.newCondition();
    private int records;

    /** At how many waiting records the task wants to be woken; none while it is not waiting. */
    private int wanted = Integer.MAX_VALUE;

    /** @param capacity most records that wait */
    public Handoff(int capacity) {
        this.capacity = capacity;
    }

    /** Leaves {@code units}; waits for room. */
    public void put(List<Unit> units) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (Unit unit : units) {
                while (records > 0 && records + weight(unit) > capacity) {
                    arrived.signal();
                    room.await();
                }
                waiting.add(unit);
                records += weight(unit);
            }
            if (records >= wanted) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whole units of about {@code most} records: waits for a first one up to {@code patience}, then gathers for
     * {@code gathering}. Empty if there was none.
     */
    public List<Unit> take(int most, Duration patience, Duration gathering) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (await(1, patience)) {
                await(Math.min(most, capacity), gathering);
            }
            return fetch(most);
        } finally {
            wanted = Integer.MAX_VALUE;
            lock.unlock();
        }
    }

    /** Waits until {@code enough} records are there, or somebody waits for room, or {@code limit} is over. */
    private boolean await(int enough, Duration limit) throws InterruptedException {
        wanted = enough;
        long left = limit.toNanos();
        while (records < enough && !lock.hasWaiters(room) && left > 0) {
            left = arrived.awaitNanos(left);
        }
        return records > 0;
    }

    private List<Unit> fetch(int most) {
        List<Unit> units = new ArrayList<>();
        int size = 0;
        while (size < most && !waiting.isEmpty()) {
            Unit next = waiting.poll();
            records -= weight(next);
            size += next.size();
            units.add(next);
        }
        if (!units.isEmpty()) {
            room.signalAll();
        }
        return units;
    }

    private static int weight(Unit unit) {
        return Math.max(1, unit.size());
    }
}
