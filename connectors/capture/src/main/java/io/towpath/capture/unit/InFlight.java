package io.towpath.capture.unit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The units of one database that Connect has and has not yet acknowledged, in log order.
 *
 * <p>Always: (A) every record of the confirmed unit and of all units before it is acknowledged; (B) the confirmed
 * position never goes back; (C) the confirmed unit's position was stored with at least one record, so the delegate,
 * which may release the log up to the confirmed position, never passes what Connect would resume from.
 *
 * <pre>
 * units  | 1 done | 2 done | 3 all dropped | 4 waits | 5 done |
 *                     c = confirmed
 * </pre>
 */
public final class InFlight {

    private final Deque<Unit> open = new ArrayDeque<>();
    private Position confirmed;

    /** Called once for each unit, in log order, before Connect sees its first record. */
    public synchronized void handedOver(Unit unit) {
        open.add(unit);
    }

    /**
     * Called once for each record.
     *
     * @param stored false if a transform dropped the record: its offset then was not stored either
     */
    public synchronized void acknowledged(UnitRecord record, boolean stored) {
        Unit unit = record.unit();
        unit.outstanding--;
        unit.stored |= stored;
        while (!open.isEmpty() && open.peek().outstanding == 0) {
            Unit done = open.poll();
            if (done.stored) {
                confirmed = done.position();
            }
        }
    }

    /** Up to where the log may be released; empty until a first unit is confirmed. */
    public synchronized Optional<Position> confirmed() {
        return Optional.ofNullable(confirmed);
    }

    /** Units of which Connect has not acknowledged every record. */
    public synchronized int size() {
        return open.size();
    }
}
