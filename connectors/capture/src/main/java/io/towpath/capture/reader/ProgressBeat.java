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
 * <p>Always: while the log moves, no more than {@code interval} passes between two units.
 */
public final class ProgressBeat {

    private final Units units;
    private final String topic;
    private final String database;
    private final long interval;
    private final Clock clock;
    private long lastUnit = System.nanoTime();

    public ProgressBeat(Units units, String topic, String database, Duration interval, Clock clock) {
        this.units = units;
        this.topic = topic;
        this.database = database;
        this.interval = interval.toNanos();
        this.clock = clock;
    }

    /**
     * A unit of one progress record, if it is time for one.
     *
     * @param handedOver the units of this round
     * @param reached up to where the log is done with
     */
    Optional<Unit> after(List<Unit> handedOver, Position reached) {
        long now = System.nanoTime();
        if (!handedOver.isEmpty()) {
            lastUnit = now;
        }
        if (now - lastUnit < interval || reached.equals(units.last())) {
            return Optional.empty();
        }
        lastUnit = now;
        Outgoing record = new Outgoing(
                topic, database, Schema.STRING_SCHEMA, reached.boundary().toString(), clock.millis(), null);
        return Optional.of(units.of(reached, List.of(record)));
    }
}
