package io.towpath.jdbc.sql;

import io.towpath.jdbc.config.ConnectionConfig;
import io.towpath.jdbc.config.FenceConfig;
import io.towpath.jdbc.fence.FenceTable;
import io.towpath.jdbc.plan.RowGroup;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What one kind of database does its own way. Methods that take a connection work in the caller's transaction. */
public interface Dialect {

    /** A session without auto-commit, in UTC, which the database itself ends when its client stands still. */
    Connection connect(ConnectionConfig config, String application) throws SQLException;

    FenceTable fence(FenceConfig config);

    /** The table as the catalog has it; empty when there is none. */
    Optional<TableInfo> describe(Connection connection, TableId table) throws SQLException;

    /** Whether this session's user may create {@code table} where it would stand. */
    boolean mayCreate(Connection connection, TableId table) throws SQLException;

    /** Every row of the group as a new row. */
    void append(Connection connection, TableInfo table, RowGroup rows) throws SQLException;

    /** Every row of the group in place of the row of its key; rows are taken in the group's order. */
    void upsert(Connection connection, TableInfo table, RowGroup rows) throws SQLException;

    /** Removes the rows of the group's keys. */
    void delete(Connection connection, TableInfo table, RowGroup keys) throws SQLException;

    void truncate(Connection connection, TableInfo table) throws SQLException;

    /** Statements that make {@code table} hold the wanted columns; empty when it does. */
    List<String> evolution(TableId id, Optional<TableInfo> table, List<RowGroup> wanted);

    /** Waits for the lock under which this sink's tasks change a table; it ends with the transaction. */
    void lockForChange(Connection connection, TableId table) throws SQLException;

    /** Whose fault {@code failure} is. */
    Fault fault(SQLException failure);
}
