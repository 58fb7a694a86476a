package io.towpath.capture.reader;

import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Unit;
import io.towpath.capture.unit.Units;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/**
 * Carries the log position when no activity does: Connect stores an offset only with a record, and a log whose changes
 * no rule matches would otherwise be held for ever.
 *
 * <p>Always: while the log stands beyond what Connect has confirmed, and that does not move for {@code interval}, a
 * position of its own goes to Connect. Units do not count: a transform may drop their records, and their offsets with them.
 */
public final class ProgressBeat {

    private final Units units;
    private final String topic;
    private final String database;
    private final long interval;
    private final Clock clock;
    private Position confirmed;
    private long since = System.nanoTime();
    private boolean due;

    public ProgressBeat(Units units, String topic, String database, Duration interval, Clock clock) {
        this.units = units;
        this.topic = topic;
        this.database = database;
        this.interval = interval.toNanos();
        this.clock = clock;
        this.confirmed = units.last();
    }

    /** Makes the next beat come at once: where reading begins must be stored before anything of it is. */
    void now() {
        due = true;
    }

    /**
     * A unit of one progress record, if it is time for one.
     *
     * @param reached up to where the log is done with; not before the last unit
     * @param stored up to where Connect has confirmed; empty where it has confirmed nothing since the start
     */
    Optional<Unit> beat(Position reached, Optional<Position> stored) {
        long now = System.nanoTime();
        Position last = confirmed;
        confirmed = stored.orElse(confirmed);
        if (!due && (!confirmed.equals(last) || reached.equals(confirmed))) {
            since = now;
            return Optional.empty();
        }
        if (!due && now - since < interval) {
            return Optional.empty();
        }
        due = false;
        since = now;
        Outgoing record = new Outgoing(
                topic, database, Schema.STRING_SCHEMA, reached.boundary().toString(), clock.millis(), null);
        return Optional.of(units.of(reached, List.of(record)));
    }
}
