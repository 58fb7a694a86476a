package io.towpath.capture.mariadb;

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

/** What a MariaDB server says of its binlog. */
final class Binlog {

    private static final long START_OF_FILE = 4;

    private final Connection connection;

    Binlog(Connection connection) {
        this.connection = connection;
    }

    /**
     * A place in a binlog file.
     *
     * @param gtids the same place by transactions
     */
    record Place(String file, long position, Gtids gtids) {}

    private record LogFile(String name, long size) {}

    /** The server's identity. It is made from a network address, which containers may share: no more than part of an id. */
    String server() throws SQLException {
        String uid = variable("server_uid");
        return uid == null ? variable("hostname") + ":" + variable("port") : uid;
    }

    /** The value of a global variable; null if there is no such variable. */
    String variable(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("show global variables like ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(2) : null;
            }
        }
    }

    /** Where the log ends. */
    Place end() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show master status")) {
            if (!row.next()) {
                throw new ConnectException("the server writes no binlog");
            }
            String file = row.getString(1);
            long position = row.getLong(2);
            return new Place(file, position, at(file, position));
        }
    }

    /** Where the oldest file that the server still has begins. */
    Gtids begin() throws SQLException {
        return at(files().get(0).name(), START_OF_FILE);
    }

    /** @throws ConnectException the log cannot be read on from {@code place} */
    void assertHeld(Gtids place) throws SQLException {
        place.before(begin()).ifPresent(purged -> {
            throw new ConnectException("the server has purged its binlog up to " + purged
                    + ", behind the stored offset "
                    + place + ": to go on without the changes between, stop the connector, reset its offsets and"
                    + " resume it; and see that binlog_expire_logs_seconds is longer than capture may stand still");
        });
        end().gtids().before(place).ifPresent(absent -> {
            throw new ConnectException("the server's binlog has no transaction " + absent + " of the stored offset "
                    + place + ": it is another server, or was restored; to go on from its present state, stop the"
                    + " connector, reset its offsets and resume it");
        });
    }

    /** What lies behind {@code file} and {@code position}, in bytes. The server purges by time, whoever has read or not. */
    LogHealth behind(String file, long position) throws SQLException {
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

    private Gtids at(String file, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select binlog_gtid_pos(?, ?)")) {
            statement.setString(1, file);
            statement.setLong(2, position);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Gtids.parse(row.getString(1));
            }
        }
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
