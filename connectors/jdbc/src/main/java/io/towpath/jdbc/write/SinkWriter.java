package io.towpath.jdbc.write;

import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.config.VersionConfig;
import io.towpath.jdbc.fence.Fence;
import io.towpath.jdbc.fence.Move;
import io.towpath.jdbc.park.Parking;
import io.towpath.jdbc.park.Sieve;
import io.towpath.jdbc.plan.Plans;
import io.towpath.jdbc.plan.TablePlan;
import io.towpath.jdbc.refuse.DeadLetters;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.row.RowReader;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.Fault;
import io.towpath.jdbc.sql.Session;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a batch and its offsets in one transaction, behind the fence. Not safe for use by several threads. */
public final class SinkWriter {
    private static final Logger LOGGER = LoggerFactory.getLogger(SinkWriter.class);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final Dialect dialect;
    private final Session session;
    private final Fence fence;
    private final DeadLetters deadLetters;
    private final RowReader reader;
    private final Plans plans;
    private final Tables tables;
    private final TableWriter writer;
    private final Parking parking;
    private final VersionConfig version;
    private final Portions portions = new Portions();
    private long nextForgetting = System.nanoTime();

    public SinkWriter(SinkConfig config, Dialect dialect, Session session, Fence fence, DeadLetters deadLetters) {
        this.dialect = dialect;
        this.session = session;
        this.fence = fence;
        this.deadLetters = deadLetters;
        this.version = config.version();
        this.parking = new Parking(config, dialect);
        this.reader = new RowReader(config);
        this.plans = new Plans(config);
        this.tables = new Tables(dialect, config.write().evolution());
        this.writer = new TableWriter(dialect, tables, plans);
    }

    /**
     * Writes what of {@code records} is not yet written.
     *
     * @param again whether they were tried before: what of them stands below the fence is then no reset log
     * @throws SQLException when the database refuses; nothing is then written, unless only the answer was lost, which
     *     the next call finds out
     */
    public Written write(Collection<SinkRecord> records, boolean again) throws SQLException {
        List<SinkRecord> batch = again ? rest(records) : List.copyOf(records);
        Written written = Written.NOTHING;
        for (int from = 0; from < batch.size(); ) {
            List<SinkRecord> portion = portions.next(batch, from);
            try {
                written = written.and(write(portion));
            } catch (SQLException failure) {
                portions.failed(portion, dialect.state(failure), failure);
                throw failure;
            }
            from += portion.size();
        }
        portions.passed();
        return written;
    }

    private List<SinkRecord> rest(Collection<SinkRecord> records) {
        return records.stream()
                .filter(record -> record.originalKafkaOffset() >= fence.next(RowOp.partition(record)))
                .toList();
    }

    private Written write(Collection<SinkRecord> records) throws SQLException {
        List<Move> moves = fence.steps(records);
        Batch batch = Batch.read(reader, parking.redriven(), records);
        deadLetters.bear(batch.refused(), batch.records());
        Written written = committed(moves, batch);
        if (written != null) {
            fence.moved(moves);
            deadLetters.committed();
            forgetTombstones();
            return written;
        }
        session.transaction(connection -> {
            fence.learn(connection, moves);
            return null;
        });
        List<SinkRecord> rest = rest(records);
        return rest.isEmpty() ? Written.NOTHING : write(rest);
    }

    /**
     * Forgets the versions of rows that were deleted long ago; once in a while is enough. The batch is committed by
     * now, so that a failure must not make it look failed.
     */
    private void forgetTombstones() {
        long now = System.nanoTime();
        if (!version.guards() || now - nextForgetting < 0) {
            return;
        }
        nextForgetting = now + FORGET_EVERY.toNanos();
        try {
            session.transaction(connection -> {
                dialect.forgetTombstones(connection, TableId.parse(version.tombstones()), version.retention());
                return null;
            });
        } catch (SQLException failure) {
            LOGGER.warn(
                    "Old rows of table {} are not removed now (SQLSTATE {}); tried again after {}",
                    version.tombstones(),
                    dialect.state(failure),
                    FORGET_EVERY);
        }
    }

    /** Null when the fence refused. A table that was changed behind our back is looked at again, once. */
    private Written committed(List<Move> moves, Batch batch) throws SQLException {
        List<TablePlan> plan = plans.of(batch.rows());
        for (boolean again = false; ; again = true) {
            try {
                prepare(plan);
                return session.transaction(connection -> bulk(connection, moves, batch, plan));
            } catch (SQLException failure) {
                Fault fault = dialect.fault(failure);
                if (fault == Fault.DATA) {
                    return session.transaction(connection -> piecewise(connection, moves, batch));
                }
                tables.forget();
                if (fault != Fault.STRUCTURE || again) {
                    throw failure;
                }
            }
        }
    }

    private void prepare(List<TablePlan> plan) throws SQLException {
        if (!tables.fit(plan)) {
            session.transaction(connection -> {
                tables.prepare(connection, plan);
                return null;
            });
        }
    }

    private Written bulk(Connection connection, List<Move> moves, Batch batch, List<TablePlan> plan)
            throws SQLException {
        if (!fence.move(connection, moves)) {
            connection.rollback();
            return null;
        }
        Sieve sieve = opened(connection, moves, batch);
        List<RowOp> rows = sieve.pass(batch.rows());
        int older = writer.writeAll(connection, rows == batch.rows() ? plan : plans.of(rows));
        return settled(connection, batch, sieve, older);
    }

    private Written piecewise(Connection connection, List<Move> moves, Batch batch) throws SQLException {
        if (!fence.move(connection, moves)) {
            connection.rollback();
            return null;
        }
        Sieve sieve = opened(connection, moves, batch);
        Runnable bear = () -> deadLetters.bear(sieve.causes(), batch.records());
        List<RowOp> rows = sieve.pass(batch.rows());
        writer.takeTurns(connection, rows);
        int older = writer.writeGood(connection, rows, sieve, bear);
        return settled(connection, batch, sieve, older);
    }

    private Sieve opened(Connection connection, List<Move> moves, Batch batch) throws SQLException {
        Parking.Arrived arrived =
                new Parking.Arrived(moves.stream().map(Move::partition).toList(), batch.refused(), batch.silent());
        return parking.open(connection, arrived, batch.rows());
    }

    /** The dead-letter queue has the letters before the transaction may commit. */
    private Written settled(Connection connection, Batch batch, Sieve sieve, int older) throws SQLException {
        sieve.settle(connection);
        deadLetters.report(sieve.letters());
        int letters = sieve.letters().size();
        int rows = batch.rows().size() + batch.refused().size() - letters - sieve.dropped() - older;
        return new Written(rows, letters, older);
    }
}
