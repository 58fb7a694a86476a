package io.towpath.jdbc.write;

import io.towpath.jdbc.park.Sieve;
import io.towpath.jdbc.plan.Plans;
import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.plan.TablePlan;
import io.towpath.jdbc.refuse.Refused;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.Failures;
import io.towpath.jdbc.sql.Fault;
import io.towpath.jdbc.sql.TableInfo;
import io.towpath.jdbc.sql.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows to their tables, within the caller's transaction. */
final class TableWriter {
    private static final Logger LOGGER = LoggerFactory.getLogger(TableWriter.class);

    private final Dialect dialect;
    private final Tables tables;
    private final Plans plans;
    private final Failures failures;

    TableWriter(Dialect dialect, Tables tables, Plans plans) {
        this.dialect = dialect;
        this.tables = tables;
        this.plans = plans;
        this.failures = new Failures(dialect);
    }

    /** All rows, or none and an exception. Returns how many were held back as older than what is there. */
    int writeAll(Connection connection, List<TablePlan> batch) throws SQLException {
        int older = 0;
        for (TablePlan plan : batch) {
            older += plan.older() + write(connection, plan);
        }
        return older;
    }

    /** Before {@link #writeGood}, which writes a table's rows in many statements. */
    void takeTurns(Connection connection, List<RowOp> rows) throws SQLException {
        for (TablePlan plan : plans.of(rows)) {
            dialect.takeTurn(connection, plan.table(), true);
        }
    }

    /**
     * Every row that the database takes: a part that fails is halved until the refused row stands alone, in
     * O(k log n) statements for k refused of n rows. The order of the log is kept.
     *
     * @param some passed by the sieve
     * @param refused called after each refusal
     */
    int writeGood(Connection connection, List<RowOp> some, Sieve sieve, Runnable refused) throws SQLException {
        List<RowOp> rows = sieve.rest(some);
        if (rows.isEmpty()) {
            return 0;
        }
        Savepoint before = connection.setSavepoint();
        try {
            int older = writeAll(connection, plans.of(rows));
            dialect.checkDeferred(connection);
            connection.releaseSavepoint(before);
            return older;
        } catch (SQLException failure) {
            if (dialect.fault(failure) != Fault.DATA) {
                throw failure;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (rows.size() == 1) {
                RowOp row = rows.get(0);
                mustNotBeAnErasure(row, failure);
                sieve.refuse(row, new Refused(row.record(), failures.refusal(failure, RowOp.where(row.record()))));
                refused.run();
                return 0;
            }
            int half = rows.size() / 2;
            return writeGood(connection, rows.subList(0, half), sieve, refused)
                    + writeGood(connection, rows.subList(half, rows.size()), sieve, refused);
        }
    }

    /** What must go is not passed over as a bad record is. */
    private void mustNotBeAnErasure(RowOp row, SQLException failure) {
        if (row.kind() == RowOp.Kind.ERASE) {
            DataException reason = failures.refusal(failure, RowOp.where(row.record()));
            throw new ConnectException("the rows of an erased actor cannot be deleted: " + reason.getMessage(), reason);
        }
    }

    /** A table that the sink is still to create has no rows of anybody. */
    private void erase(Connection connection, TableInfo table, TablePlan plan) throws SQLException {
        if (table != null) {
            dialect.takeTurn(connection, plan.table(), true);
            int rows = dialect.erase(connection, table, plan.erasure());
            LOGGER.info("An actor was erased: {} rows of table {} are deleted", rows, plan.table());
        }
    }

    /** Whether the plan is more than one statement that takes rows in the order of their keys. */
    private static boolean isScattered(TablePlan plan, TableInfo table) {
        return plan.truncate()
                || !plan.deletes().isEmpty()
                || plan.writes().size() > 1
                || plan.writes().stream().anyMatch(group -> table.requiresMoreThan(group.names()));
    }

    private int write(Connection connection, TablePlan plan) throws SQLException {
        TableInfo table = tables.table(plan.table());
        if (plan.erasure() != null) {
            erase(connection, table, plan);
            return 0;
        }
        if (plan.keyed()) {
            dialect.takeTurn(connection, plan.table(), isScattered(plan, table));
        }
        int older = 0;
        if (plan.truncate()) {
            dialect.truncate(connection, table);
        }
        for (RowGroup group : plan.deletes()) {
            older += dialect.delete(connection, table, group);
        }
        for (RowGroup group : plan.writes()) {
            if (plan.keyed()) {
                older += dialect.upsert(connection, table, group);
            } else {
                dialect.append(connection, table, group);
            }
        }
        return older;
    }
}
