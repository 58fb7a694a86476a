package io.towpath.capture.mariadb;

import io.towpath.capture.binlog.Binlog;
import io.towpath.capture.binlog.Gtids;
import java.sql.Connection;
import java.sql.SQLException;

/** What a MariaDB server says of its binlog. */
final class MariaDbBinlog extends Binlog {

    private static final long START_OF_FILE = 4;

    MariaDbBinlog(Connection connection) {
        super(connection);
    }

    /** It is made from a network address, which containers may share: no more than part of an id. */
    @Override
    protected String server() throws SQLException {
        String uid = variable("server_uid");
        return uid == null ? variable("hostname") + ":" + variable("port") : uid;
    }

    @Override
    protected String log() throws SQLException {
        return variable("server_id");
    }

    @Override
    protected String statusStatement() {
        return "show master status";
    }

    @Override
    protected Place end() throws SQLException {
        Place place = status(row -> new Place(row.getString(1), row.getLong(2), MariaDbGtids.parse("")));
        return new Place(place.file(), place.position(), at(place.file(), place.position()));
    }

    @Override
    protected Gtids begin() throws SQLException {
        return at(firstFile(), START_OF_FILE);
    }

    @Override
    protected String disorder() throws SQLException {
        String strict = variable("gtid_strict_mode");
        return "ON".equalsIgnoreCase(strict)
                ? null
                : "the server has gtid_strict_mode = " + strict
                        + ", so that numbers of its transactions may go back, and what actors allow is kept by them,"
                        + " wanted: ON";
    }

    private Gtids at(String file, long position) throws SQLException {
        return MariaDbGtids.parse(value("select binlog_gtid_pos(?, ?)", file, position));
    }
}
