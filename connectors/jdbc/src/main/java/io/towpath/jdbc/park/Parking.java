package io.towpath.jdbc.park;

import io.towpath.jdbc.config.PoisonKey;
import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.fence.FenceTable;
import io.towpath.jdbc.fence.Position;
import io.towpath.jdbc.refuse.Refused;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Opens the sieve of each transaction; with {@code on.poison.key=park} it knows which keys are parked. */
public final class Parking {
    private final ParkedTable table;
    private final FenceTable fence;
    private final Redriven redriven;
    private final int limit;

    public Parking(SinkConfig config, Dialect dialect) {
        boolean parks = config.errors().poisonKey() == PoisonKey.PARK;
        this.table =
                parks ? new ParkedTable(dialect, config.fence(), config.park().table()) : null;
        this.fence = dialect.fence(config.fence());
        this.limit = config.park().limit();
        this.redriven = new Redriven(parks ? config.park().redriveTopic() : "");
    }

    /** Gives re-driven records their original coordinates. */
    public Redriven redriven() {
        return redriven;
    }

    /**
     * What a batch brings beside its rows.
     *
     * @param partitions whose fence rows the transaction moves
     * @param unreadable records of which no row could be made
     * @param silent re-driven records that ask for nothing
     */
    public record Arrived(Collection<TopicPartition> partitions, List<Refused> unreadable, List<SinkRecord> silent) {}

    /** After the fence has let the transaction pass. */
    public Sieve open(Connection connection, Arrived arrived, List<RowOp> rows) throws SQLException {
        if (table == null) {
            return new Unparked(arrived.unreadable());
        }
        Set<TopicPartition> origins = new HashSet<>();
        rows.forEach(row -> addOrigin(origins, row.record()));
        arrived.unreadable().forEach(one -> addOrigin(origins, one.record()));
        arrived.silent().forEach(record -> addOrigin(origins, record));
        // Before the list: what is parked below these ends is committed, and stands on the list that is read next.
        Map<TopicPartition, Position> ends = origins.isEmpty() ? Map.of() : fence.glance(connection, origins);
        Set<TopicPartition> partitions = new HashSet<>(arrived.partitions());
        partitions.addAll(origins);
        Line line = new Line(table.lock(connection, partitions));
        return new Parked(table, limit, new Turns(redriven, line, ends), arrived);
    }

    /**
     * Forgets what waits of a partition from its new offset on: those records are read again, or their log is gone.
     *
     * @param next new offset by partition, null for none; empty when all is forgotten
     */
    public void reset(Connection connection, Map<TopicPartition, Long> next) throws SQLException {
        if (table == null) {
            return;
        }
        if (next.isEmpty()) {
            table.forgetAll(connection);
        }
        for (Map.Entry<TopicPartition, Long> one : next.entrySet()) {
            table.forgetFrom(connection, one.getKey(), one.getValue() == null ? 0 : one.getValue());
        }
    }

    private void addOrigin(Set<TopicPartition> partitions, SinkRecord record) {
        if (redriven.is(record)) {
            try {
                partitions.add(RowOp.partition(redriven.original(record)));
            } catch (DataException withoutOrigin) {
                // It waits for nothing: it is among the unreadable ones for this very reason.
                return;
            }
        }
    }
}
