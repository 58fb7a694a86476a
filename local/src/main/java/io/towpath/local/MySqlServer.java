package io.towpath.local;

import io.towpath.local.database.MySqlProgram;

/** A MySQL server that writes a row binlog with full images and GTIDs. */
public interface MySqlServer extends DatabaseServer {

    /**
     * Whether this machine has one: {@code mysqld} and {@code mysql} on the PATH, and MySQL's own ones. No package
     * registry that Maven reads has them, so a test without them is skipped and says so.
     */
    static boolean installed() {
        return MySqlProgram.found().isPresent();
    }
}
