package io.towpath.capture.binlog;

import io.towpath.capture.database.LogHealth;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/** What a server says of its binlog. */
public abstract class Binlog {

    private final Connection connection;

    protected Binlog(Connection connection) {
        this.connection = connection;
    }

    /**
     * A place in a binlog file.
     *
     * @param gtids the same place by transactions
     */
    public record Place(String file, long position, Gtids gtids) {}

    private record LogFile(String name, long size) {}

    /** What the answer to {@link #statusStatement} says. */
    @FunctionalInterface
    protected interface Status<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The server's identity; part of every activity's id. */
    protected abstract String server() throws SQLException;

    /** The same as long as the places of the log compare. */
    protected abstract String log() throws SQLException;

    /** Asks for one row that begins with file, position, databases that are logged alone, databases that are not. */
    protected abstract String statusStatement() throws SQLException;

    /** Where the log ends. */
    protected abstract Place end() throws SQLException;

    /** Where the oldest file that the server still has begins. */
    protected abstract Gtids begin() throws SQLException;

    /** Why numbers of its transactions may go back; null if they never do. */
    protected String disorder() throws SQLException {
        return null;
    }

    /** The value of a global variable; null if there is no such variable. */
    protected final String variable(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("show global variables like ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(2) : null;
            }
        }
    }

    /** The first column of the one row that {@code query} has. */
    protected final String value(String query, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /**
     * The server's answer to {@link #statusStatement}.
     *
     * @throws ConnectException there is no log
     */
    protected final <T> T status(Status<T> reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(statusStatement())) {
            if (!row.next()) {
                throw new ConnectException("the server writes no binlog");
            }
            return reader.read(row);
        }
    }

    /** @throws ConnectException the log cannot be read on from {@code place} */
    final void assertHeld(Gtids place) throws SQLException {
        place.before(begin()).ifPresent(purged -> {
            throw new ConnectException(
                    "the server has purged its binlog up to " + purged
                            + ", behind the stored offset "
                            + place + ": to go on without the changes between, stop the connector, set the offset of"
                            + " this database to null and resume it; and see that binlog_expire_logs_seconds is longer than capture may stand still");
        });
        end().gtids().before(place).ifPresent(absent -> {
            throw new ConnectException("the server's binlog has no transaction " + absent + " of the stored offset "
                    + place + ": it is another server, or was restored; to go on from its present state, stop the"
                    + " connector, set the offset of this database to null and resume it");
        });
    }

    /** What lies behind {@code file} and {@code position}, in bytes. The server purges by time, whoever has read or not. */
    final LogHealth behind(String file, long position) throws SQLException {
        long lag = 0;
        long all = 0;
        boolean reached = false;
        for (LogFile log : files()) {
            all += log.size();
            reached |= log.name().equals(file);
            if (reached) {
                lag += log.name().equals(file) ? log.size() - position : log.size();
            }
        }
        return new LogHealth(all, reached ? lag : all, Optional.empty(), Optional.empty());
    }

    /** The name of the oldest file. */
    protected final String firstFile() throws SQLException {
        return files().get(0).name();
    }

    private List<LogFile> files() throws SQLException {
        List<LogFile> files = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show binary logs")) {
            while (rows.next()) {
                files.add(new LogFile(rows.getString(1), rows.getLong(2)));
            }
        }
        if (files.isEmpty()) {
            throw new ConnectException("the server writes no binlog");
        }
        return files;
    }
}
