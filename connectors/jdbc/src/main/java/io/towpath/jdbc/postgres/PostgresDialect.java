package io.towpath.jdbc.postgres;

import io.towpath.jdbc.config.ConnectionConfig;
import io.towpath.jdbc.config.FenceConfig;
import io.towpath.jdbc.fence.FenceTable;
import io.towpath.jdbc.plan.Erasure;
import io.towpath.jdbc.plan.Guard;
import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.Dialects;
import io.towpath.jdbc.sql.Fault;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * PostgreSQL 12 and newer. Rows travel as one array per column ({@code unnest}), not by {@code COPY}, which is faster for
 * nothing but large appends ({@code towpath bench jdbc-statements}): a client that is stopped in the middle of a COPY
 * holds its locks beyond {@code idle_in_transaction_session_timeout}.
 */
public final class PostgresDialect implements Dialect {
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57");
    private static final Set<String> TRANSIENT_STATES = Set.of("55P03", "25P03", "25006"); // the last: a standby
    private static final Set<String> DATA_CLASSES = Set.of("22", "23");
    private static final Set<String> STRUCTURE_STATES = Set.of("42P01", "42703", "42804", "42P10", "0A000");

    @Override
    public Connection connect(ConnectionConfig config, String application) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", config.username());
        properties.setProperty("password", config.password().value());
        properties.setProperty("ApplicationName", application);
        properties.setProperty("connectTimeout", seconds(config.connectTimeout().toSeconds()));
        properties.setProperty("loginTimeout", seconds(config.connectTimeout().toSeconds()));
        properties.setProperty(
                "socketTimeout", seconds(config.statementTimeout().toSeconds() + 10));
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = Dialects.driver(config.url()).connect(config.url(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(settings(config));
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    private static String seconds(long seconds) {
        return Long.toString(Math.max(1, seconds));
    }

    /** The database ends a session whose client stands still (SIGSTOP) or is gone without a word (pulled cable). */
    private static String settings(ConnectionConfig config) {
        long idle = config.idleTimeout().toMillis();
        long probe = Math.max(1, config.idleTimeout().toSeconds() / 4);
        return "SET TIME ZONE 'UTC'; SET idle_in_transaction_session_timeout = " + idle
                + "; SET lock_timeout = " + config.lockTimeout().toMillis()
                + "; SET statement_timeout = " + config.statementTimeout().toMillis()
                + "; SET tcp_user_timeout = " + idle
                + "; SET tcp_keepalives_idle = " + probe
                + "; SET tcp_keepalives_interval = " + probe
                + "; SET tcp_keepalives_count = 2";
    }

    @Override
    public FenceTable fence(FenceConfig config) {
        return new PostgresFence(config);
    }

    @Override
    public Optional<TableInfo> describe(Connection connection, TableId table) throws SQLException {
        return PostgresCatalog.describe(connection, table);
    }

    @Override
    public boolean mayCreate(Connection connection, TableId table) throws SQLException {
        return PostgresCatalog.mayCreate(connection, table);
    }

    @Override
    public void takeTurn(Connection connection, TableId table, boolean alone) throws SQLException {
        PostgresCatalog.takeTurn(connection, table.toString(), alone);
    }

    /** Deferred again afterwards: the rest of the batch, too, may hold a child before its parent. */
    @Override
    public void checkDeferred(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED");
        }
    }

    @Override
    public void append(Connection connection, TableInfo table, RowGroup rows) throws SQLException {
        PostgresSql sql = new PostgresSql(table, rows);
        sql.execute(connection, sql.insert());
    }

    @Override
    public int upsert(Connection connection, TableInfo table, RowGroup rows) throws SQLException {
        PostgresSql sql = new PostgresSql(table, rows);
        int written = 0;
        if (!sql.lacksRequiredColumn()) {
            written = sql.execute(connection, sql.upsert());
        } else {
            written = sql.execute(connection, sql.update());
            written += written < sql.size() ? sql.execute(connection, sql.insertMissing()) : 0;
        }
        return rows.guard() == null ? 0 : heldBack(connection, table, rows.guard(), sql, sql.size() - written);
    }

    private static int heldBack(Connection connection, TableInfo table, Guard guard, PostgresSql sql, int heldBack)
            throws SQLException {
        if (heldBack > 0 && !guard.acceptNew()) {
            String strangers = new PostgresGuard(table, guard, sql).strangers();
            try (PreparedStatement statement = sql.bound(connection, strangers)) {
                ResultSet found = statement.executeQuery();
                if (found.next()) {
                    throw guard.stop(table.id(), found.getString(1));
                }
            }
        }
        return heldBack;
    }

    @Override
    public int delete(Connection connection, TableInfo table, RowGroup keys) throws SQLException {
        PostgresSql sql = new PostgresSql(table, keys);
        if (keys.guard() == null) {
            sql.execute(connection, sql.delete());
            return 0;
        }
        PostgresGuard guard = new PostgresGuard(table, keys.guard(), sql);
        sql.execute(connection, guard.bury());
        sql.execute(connection, guard.delete());
        return heldBack(connection, table, keys.guard(), sql, count(connection, sql, guard.kept()));
    }

    @Override
    public String quoted(TableId table) {
        return PostgresSql.quoted(table);
    }

    @Override
    public void createParked(Connection connection, TableId parked) throws SQLException {
        if (PostgresCatalog.describe(connection, parked).isPresent()) {
            return;
        }
        PostgresCatalog.lock(connection, parked.toString());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + PostgresSql.quoted(parked)
                    + " (sink_id text NOT NULL, source_cluster text NOT NULL, topic text NOT NULL,"
                    + " part integer NOT NULL, record_offset bigint NOT NULL, record_key text NOT NULL,"
                    + " parked_at timestamptz NOT NULL DEFAULT now(),"
                    + " PRIMARY KEY (sink_id, source_cluster, topic, part, record_offset))");
        }
    }

    @Override
    public void createTombstones(Connection connection, TableId tombstones) throws SQLException {
        PostgresGuard.create(connection, tombstones);
    }

    @Override
    public void forgetTombstones(Connection connection, TableId tombstones, Duration retention) throws SQLException {
        PostgresGuard.forget(connection, tombstones, retention);
    }

    @Override
    public int erase(Connection connection, TableInfo table, Erasure erasure) throws SQLException {
        return PostgresErasure.erase(connection, table, erasure);
    }

    @Override
    public void truncate(Connection connection, TableInfo table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE TABLE " + PostgresSql.quoted(table.id()));
        }
    }

    private static int count(Connection connection, PostgresSql sql, String counting) throws SQLException {
        try (PreparedStatement statement = sql.bound(connection, counting)) {
            ResultSet found = statement.executeQuery();
            return found.next() ? found.getInt(1) : 0;
        }
    }

    @Override
    public List<String> evolution(TableId id, Optional<TableInfo> table, List<RowGroup> wanted) {
        return PostgresEvolution.statements(id, table, wanted);
    }

    @Override
    public void lockForChange(Connection connection, TableId table) throws SQLException {
        PostgresCatalog.lock(connection, table.toString());
    }

    @Override
    public void unlockAfterChange(Connection connection, TableId table) {
        // It ends with the transaction.
    }

    @Override
    public String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    @Override
    public Fault fault(SQLException failure) {
        String state = state(failure);
        String stateClass = state.length() < 2 ? "" : state.substring(0, 2);
        if (TRANSIENT_CLASSES.contains(stateClass) || TRANSIENT_STATES.contains(state)) {
            return Fault.TRANSIENT;
        }
        if (DATA_CLASSES.contains(stateClass)) {
            return Fault.DATA;
        }
        return STRUCTURE_STATES.contains(state) ? Fault.STRUCTURE : Fault.FATAL;
    }
}
