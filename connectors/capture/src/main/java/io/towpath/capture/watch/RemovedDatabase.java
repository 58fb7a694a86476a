package io.towpath.capture.watch;

import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.config.RemovedPolicy;
import io.towpath.capture.database.Dialect;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after what a server still holds for a database that is no longer captured, until it holds nothing. */
public final class RemovedDatabase implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RemovedDatabase.class);

    private final DatabaseConfig database;
    private final Dialect dialect;
    private final RemovedPolicy policy;
    private volatile boolean held;
    private boolean told;
    private boolean refused;

    public RemovedDatabase(DatabaseConfig database, Dialect dialect, RemovedPolicy policy) {
        this.database = database;
        this.dialect = dialect;
        this.policy = policy;
    }

    /** Whether the server holds something, as far as is known. */
    public boolean held() {
        return held;
    }

    @Override
    public void run() {
        try {
            Optional<String> statement = dialect.letGoStatement(database);
            held = statement.isPresent();
            if (statement.isEmpty()) {
                return;
            }
            if (policy == RemovedPolicy.DROP) {
                dialect.letGo(database);
                held = false;
                LOG.info(
                        "database {} is no longer captured, and its server keeps nothing for it: {}",
                        database.name(),
                        statement.get());
            } else if (!told) {
                told = true;
                LOG.warn(
                        "database {} is no longer captured, and its server goes on keeping its log for it;"
                                + " to let it go, run there: {}; or set capture.on.database.removed=drop",
                        database.name(),
                        statement.get());
            }
        } catch (SQLException notNow) {
            if (!refused) {
                refused = true;
                LOG.warn(
                        "database {} is no longer captured, and its server cannot be asked, or told, what it keeps for it;"
                                + " that is tried again: SQLSTATE {}",
                        database.name(),
                        notNow.getSQLState(),
                        notNow);
            }
        }
    }
}
