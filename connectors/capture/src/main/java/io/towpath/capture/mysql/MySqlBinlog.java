package io.towpath.capture.mysql;

import io.towpath.capture.binlog.Binlog;
import io.towpath.capture.binlog.Gtids;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** What a MySQL server says of its binlog. */
final class MySqlBinlog extends Binlog {

    private static final int EXECUTED = 5; // the column of the log's status

    private final Connection connection;

    MySqlBinlog(Connection connection) {
        super(connection);
        this.connection = connection;
    }

    @Override
    protected String server() throws SQLException {
        return variable("server_uuid");
    }

    /** A replica has the same transactions, but maybe not in the same order. */
    @Override
    protected String log() throws SQLException {
        return server();
    }

    /** The older words went with 8.4, the newer ones came with 8.2. */
    @Override
    protected String statusStatement() throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        int major = server.getDatabaseMajorVersion();
        boolean newer = major > 8 || (major == 8 && server.getDatabaseMinorVersion() >= 2);
        return newer ? "show binary log status" : "show master status";
    }

    @Override
    protected Place end() throws SQLException {
        return status(row -> new Place(row.getString(1), row.getLong(2), MySqlGtids.parse(row.getString(EXECUTED))));
    }

    @Override
    protected Gtids begin() throws SQLException {
        return MySqlGtids.parse(value("select @@global.gtid_purged"));
    }
}
