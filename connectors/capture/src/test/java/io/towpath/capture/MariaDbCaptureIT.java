package io.towpath.capture;

import io.towpath.local.ConnectWorker;
import io.towpath.local.DatabaseServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A MariaDB database: its binlog by the same stages. */
class MariaDbCaptureIT extends BinlogScenarios {

    @Override
    String name(String scenario) {
        return "m" + scenario;
    }

    @Override
    DatabaseServer server() {
        return CaptureStack.mariaDb();
    }

    @Override
    ConnectWorker worker() {
        return CaptureStack.worker();
    }

    @Override
    String rightToAsk() {
        return "binlog monitor";
    }

    @Override
    String place() {
        return "@@global.gtid_binlog_pos";
    }

    @Override
    String status() {
        return "show master status";
    }

    @Override
    String beginAnew() {
        return "reset master";
    }

    @Override
    String transaction(String place, long number) {
        return "0-1-" + number;
    }

    @Override
    void keep(String connector) throws IOException {
        KeptRun.keepOffsets(connector, "mariadb");
    }

    @Override
    void allowPurge(Connection db) throws SQLException {
        CaptureStack.run(db, "set global slave_connections_needed_for_purge = 0");
    }
}
