package io.towpath.jdbc.sql;

import io.towpath.jdbc.config.ConnectionConfig;
import io.towpath.jdbc.config.FenceConfig;
import io.towpath.jdbc.fence.FenceTable;
import io.towpath.jdbc.plan.Erasure;
import io.towpath.jdbc.plan.RowGroup;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one kind of database does its own way. Methods that take a connection work in the caller's transaction. */
public interface Dialect {

    /** A session without auto-commit, in UTC, which the database itself ends when its client stands still. */
    Connection connect(ConnectionConfig config, String application) throws SQLException;

    FenceTable fence(FenceConfig config);

    /** The table as the catalog has it; empty when there is none. */
    Optional<TableInfo> describe(Connection connection, TableId table) throws SQLException;

    /** The table's name as it stands in a statement. */
    String quoted(TableId table);

    /** Creates the table of the records that wait for a re-drive if it is missing; several tasks may try at once. */
    void createParked(Connection connection, TableId parked) throws SQLException;

    /** Whether this session's user may create {@code table} where it would stand. */
    boolean mayCreate(Connection connection, TableId table) throws SQLException;

    /**
     * Waits for its turn to write keyed rows; it ends with the transaction. Tasks whose one statement takes rows in the
     * order of their keys may write a table together; one with several statements would lock rows out of order and
     * writes it alone, so that no two wait for each other.
     *
     * @param alone whether there are several statements
     */
    void takeTurn(Connection connection, TableId table, boolean alone) throws SQLException;

    /** Has constraints that wait for the commit looked at now, where there are such. */
    default void checkDeferred(Connection connection) throws SQLException {}

    /** Every row of the group as a new row. */
    void append(Connection connection, TableInfo table, RowGroup rows) throws SQLException;

    /**
     * Every row of the group in place of the row of its key; rows are taken in the group's order.
     *
     * @return how many rows of the group the guard held back
     */
    int upsert(Connection connection, TableInfo table, RowGroup rows) throws SQLException;

    /**
     * Removes the rows of the group's keys; with a guard their versions are kept in its table.
     *
     * @return how many rows of the table the guard kept
     */
    int delete(Connection connection, TableInfo table, RowGroup keys) throws SQLException;

    /**
     * Deletes every row of an actor; with a guard the versions of rows are kept in its table, so that a row comes back
     * with a newer one alone.
     *
     * @return how many rows
     */
    int erase(Connection connection, TableInfo table, Erasure erasure) throws SQLException;

    void truncate(Connection connection, TableInfo table) throws SQLException;

    /** Creates the table for the versions of deleted rows if it is missing; several tasks may try at once. */
    void createTombstones(Connection connection, TableId tombstones) throws SQLException;

    /** Forgets the versions of rows that were deleted longer ago than {@code retention}. */
    void forgetTombstones(Connection connection, TableId tombstones, Duration retention) throws SQLException;

    /** Statements that make {@code table} hold the wanted columns; empty when it does. */
    List<String> evolution(TableId id, Optional<TableInfo> table, List<RowGroup> wanted);

    /** Waits for the lock under which the sinks' tasks change a table, one at a time. */
    void lockForChange(Connection connection, TableId table) throws SQLException;

    /** Gives {@link #lockForChange}'s lock back, where it does not end with the transaction. */
    void unlockAfterChange(Connection connection, TableId table) throws SQLException;

    /** The failure's SQLSTATE after the standard and PostgreSQL, whatever the database itself says; never null. */
    String state(SQLException failure);

    /** Whose fault {@code failure} is. */
    Fault fault(SQLException failure);
}
