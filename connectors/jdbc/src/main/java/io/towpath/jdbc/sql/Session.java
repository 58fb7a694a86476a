package io.towpath.jdbc.sql;

import io.towpath.jdbc.config.ConnectionConfig;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One connection, opened when it is needed and dropped after a failure that may have cost it. Not safe for use by
 * several threads.
 */
public final class Session implements AutoCloseable {
    private final Dialect dialect;
    private final ConnectionConfig config;
    private final String application;
    private Connection connection;
    private long usedNanos;

    public Session(Dialect dialect, ConnectionConfig config, String application) {
        this.dialect = dialect;
        this.config = config;
        this.application = application;
    }

    /** What is done within one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /**
     * Commits what {@code work} did, or rolls all of it back.
     *
     * @throws SQLException of the work or of the commit; after a failed commit nobody knows whether it happened
     */
    public <T> T transaction(Work<T> work) throws SQLException {
        if (connection != null && isEndedWhileItRested()) {
            drop();
        }
        if (connection == null) {
            connection = dialect.connect(config, application);
        }
        boolean ended = false;
        try {
            T result = work.in(connection);
            connection.commit();
            ended = true;
            return result;
        } catch (SQLException | RuntimeException failure) {
            rollback(failure);
            ended = true;
            throw failure;
        } finally {
            usedNanos = System.nanoTime();
            if (!ended) {
                drop(); // an Error: the next transaction must not commit what this one left behind
            }
        }
    }

    /** As MySQL, and many a network, ends a session that stands still without a transaction: that costs no batch. */
    private boolean isEndedWhileItRested() throws SQLException {
        boolean rested = System.nanoTime() - usedNanos > config.idleTimeout().toNanos() / 2;
        return rested && !connection.isValid((int) config.connectTimeout().toSeconds());
    }

    private void rollback(Exception failure) {
        try {
            connection.rollback();
            if (connection.isClosed() || isConnectionFailure(failure)) {
                drop();
            }
        } catch (SQLException unreachable) {
            failure.addSuppressed(unreachable);
            drop();
        }
    }

    /** A server that takes no writes, too, is to be left: after a failover the URL leads to another one. */
    private boolean isConnectionFailure(Exception failure) {
        String state = failure instanceof SQLException sql ? dialect.state(sql) : "";
        return state.startsWith("08") || state.equals("25006") || state.equals("57P03");
    }

    private void drop() {
        Connection lost = connection;
        connection = null;
        try {
            lost.close();
        } catch (SQLException alreadyGone) {
            // Closing says goodbye to a server that is not there; the socket is released in any case.
            return;
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            drop();
        }
    }
}
