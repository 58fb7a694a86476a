package io.towpath.jdbc;

import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.fence.Fence;
import io.towpath.jdbc.fence.Move;
import io.towpath.jdbc.plan.Plans;
import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.plan.TablePlan;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.row.RowReader;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.Fault;
import io.towpath.jdbc.sql.Session;
import io.towpath.jdbc.sql.TableInfo;
import io.towpath.jdbc.sql.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** Writes a batch and its offsets in one transaction, behind the fence. */
final class SinkWriter {
    private final Dialect dialect;
    private final Session session;
    private final Fence fence;
    private final RowReader reader;
    private final Plans plans;
    private final Tables tables;

    SinkWriter(SinkConfig config, Dialect dialect, Session session, Fence fence) {
        this.dialect = dialect;
        this.session = session;
        this.fence = fence;
        this.reader = new RowReader(config.write());
        this.plans = new Plans(config.write().insertMode());
        this.tables = new Tables(dialect, config.write().evolution());
    }

    /**
     * Writes what of {@code records} is not yet written.
     *
     * @throws SQLException when the database refuses; nothing is then written, unless only the answer was lost, which
     *     the next call finds out
     */
    void write(Collection<SinkRecord> records) throws SQLException {
        List<Move> moves = fence.steps(records);
        if (committed(moves, plans.of(read(records)))) {
            fence.moved(moves);
            return;
        }
        session.transaction(connection -> {
            fence.learn(connection, moves);
            return null;
        });
        List<SinkRecord> rest = records.stream()
                .filter(record -> record.originalKafkaOffset() >= fence.next(RowOp.partition(record)))
                .toList();
        if (!rest.isEmpty()) {
            write(rest);
        }
    }

    private List<RowOp> read(Collection<SinkRecord> records) {
        List<RowOp> rows = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
            reader.read(record).ifPresent(rows::add);
        }
        return rows;
    }

    /** A table that was changed behind our back is looked at again, once. */
    private boolean committed(List<Move> moves, List<TablePlan> batch) throws SQLException {
        try {
            return attempt(moves, batch);
        } catch (SQLException failure) {
            tables.forget();
            if (dialect.fault(failure) != Fault.STRUCTURE) {
                throw failure;
            }
            return attempt(moves, batch);
        }
    }

    private boolean attempt(List<Move> moves, List<TablePlan> batch) throws SQLException {
        if (!tables.fit(batch)) {
            session.transaction(connection -> {
                tables.prepare(connection, batch);
                return null;
            });
        }
        return session.transaction(connection -> {
            if (!fence.move(connection, moves)) {
                connection.rollback();
                return false;
            }
            for (TablePlan plan : batch) {
                apply(connection, plan);
            }
            return true;
        });
    }

    private void apply(Connection connection, TablePlan plan) throws SQLException {
        TableInfo table = tables.table(plan.table());
        if (plan.truncate()) {
            dialect.truncate(connection, table);
        }
        for (RowGroup group : plan.deletes()) {
            dialect.delete(connection, table, group);
        }
        for (RowGroup group : plan.writes()) {
            if (plan.keyed()) {
                dialect.upsert(connection, table, group);
            } else {
                dialect.append(connection, table, group);
            }
        }
    }
}
