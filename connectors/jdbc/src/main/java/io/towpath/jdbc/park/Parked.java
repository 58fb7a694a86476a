package io.towpath.jdbc.park;

import io.towpath.jdbc.config.ParkConfig;
import io.towpath.jdbc.refuse.Refused;
import io.towpath.jdbc.row.RowOp;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sieve that keeps a refused record's key in order.
 *
 * <p>Always, when a transaction ends: (A) the table lists exactly the dead-lettered records that are still to be written;
 * (B) of a key, no record is written while an earlier one is listed; (C) a re-driven record that is not listed, as one
 * that was written before, is not written again.
 */
final class Parked implements Sieve {
    private static final Logger LOGGER = LoggerFactory.getLogger(Parked.class);

    private final ParkedTable table;
    private final int limit;
    private final Turns turns;
    private final Line line;
    private final List<Refused> causes = new ArrayList<>();
    private final List<Refused> letters = new ArrayList<>();
    private final Set<Erased> erased = new LinkedHashSet<>();
    private int dropped;

    Parked(ParkedTable table, int limit, Turns turns, Parking.Arrived arrived) {
        this.table = table;
        this.limit = limit;
        this.turns = turns;
        this.line = turns.line();
        arrived.silent().forEach(this::silent);
        arrived.unreadable().forEach(this::unreadable);
    }

    private void silent(SinkRecord record) {
        Waiting self = turns.waiting(record);
        if (!isPast(record, self)) {
            line.remove(self);
        }
    }

    private void unreadable(Refused one) {
        Waiting self = null;
        try {
            self = turns.waiting(one.record());
        } catch (DataException withoutOrigin) {
            LOGGER.warn("{} is dead-lettered and waits for nothing", RowOp.where(one.record()));
        }
        if (self != null && isPast(one.record(), self)) {
            return;
        }
        causes.add(one);
        letters.add(one);
        if (self != null) {
            line.add(self);
        }
    }

    /**
     * A re-driven record that nobody waits for: it was written before, or skipped, or its key was given up. One that is
     * not waited for yet goes back to the queue: its parking is under way, and would else wait for a letter that is
     * gone.
     */
    private boolean isPast(SinkRecord record, Waiting self) {
        if (!turns.isNotListed(record, self)) {
            return false;
        }
        if (turns.isEarly(self)) {
            letters.add(new Refused(
                    record,
                    new DataException(
                            where(self) + " came again before its parking was committed, " + RowOp.where(record))));
        } else {
            LOGGER.info("{} waits no more and is passed over", where(self));
            dropped++;
        }
        return true;
    }

    @Override
    public List<RowOp> pass(List<RowOp> rows) {
        if (line.isEmpty() && rows.stream().allMatch(this::isPlain)) {
            return rows;
        }
        List<RowOp> passed = new ArrayList<>(rows.size());
        for (RowOp row : rows) {
            if (isErasure(row)) {
                passed.add(row);
                continue;
            }
            Waiting self = turns.waiting(row.record());
            if (!isPast(row.record(), self) && mayGo(row, self)) {
                line.remove(self);
                passed.add(row);
            }
        }
        return passed;
    }

    private boolean isPlain(RowOp row) {
        return row.kind() != RowOp.Kind.ERASE && !turns.isRedriven(row.record());
    }

    @Override
    public List<RowOp> rest(List<RowOp> rows) {
        return line.isEmpty()
                ? rows
                : rows.stream()
                        .filter(row -> isErasure(row) || mayGo(row, turns.waiting(row.record())))
                        .toList();
    }

    /** An erasure waits for nobody, and the actor's records that wait are not to be written any more. */
    private boolean isErasure(RowOp row) {
        if (row.kind() != RowOp.Kind.ERASE) {
            return false;
        }
        Waiting self = turns.waiting(row.record());
        for (Object name : row.values()) {
            Waiting actor = new Waiting(self.partition(), self.offset(), ParkedKey.ofText(name.toString()));
            erased.add(new Erased(self.partition().topic(), actor.key()));
            line.forget(actor);
        }
        return true;
    }

    /** A key of which nothing waits any more, in whichever partition. */
    private record Erased(String topic, String key) {}

    /** Otherwise the row joins the line. */
    private boolean mayGo(RowOp row, Waiting self) {
        Long first = line.before(self);
        if (first == null) {
            return true;
        }
        line.add(self);
        letters.add(new Refused(
                row.record(),
                new DataException("follows " + self.partition() + "@" + first
                        + ", an earlier record of its key that waits in the dead-letter queue, "
                        + RowOp.where(row.record()))));
        return false;
    }

    @Override
    public void refuse(RowOp row, Refused one) {
        line.add(turns.waiting(row.record()));
        causes.add(one);
        letters.add(one);
    }

    @Override
    public List<Refused> causes() {
        return causes;
    }

    @Override
    public List<Refused> letters() {
        return letters;
    }

    @Override
    public int dropped() {
        return dropped;
    }

    @Override
    public void settle(Connection connection) throws SQLException {
        for (Erased one : erased) {
            table.forget(connection, one.topic(), one.key());
        }
        List<Waiting> removed = line.removed();
        if (!removed.isEmpty()) {
            table.remove(connection, removed);
        }
        List<Waiting> added = line.added();
        if (added.isEmpty()) {
            return;
        }
        table.add(connection, added);
        int all = table.count(connection);
        if (all > limit) {
            Waiting last = added.get(added.size() - 1);
            throw new ConnectException("with " + where(last) + " " + all
                    + " records would wait in the dead-letter queue, more than " + ParkConfig.LIMIT + "=" + limit
                    + " allows: mend what the first of them was refused for and call `towpath redrive`, or raise the"
                    + " limit");
        }
    }

    private static String where(Waiting one) {
        return one.partition() + "@" + one.offset();
    }
}
