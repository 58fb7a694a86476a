package io.towpath.capture.watch;

import io.towpath.capture.database.LogHealth;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one database's log now and then, and warns before the server breaks the slot. */
public final class LogWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

    private final String database;
    private final Look look;
    private final DatabaseGauges gauges;
    private boolean warned;

    /** Asks the database. */
    public interface Look {
        LogHealth take() throws SQLException;
    }

    public LogWatch(String database, Look look, DatabaseGauges gauges) {
        this.database = database;
        this.look = look;
        this.gauges = gauges;
    }

    @Override
    public void run() {
        gauges.retry();
        try {
            LogHealth health = look.take();
            gauges.seen(health);
            if (health.endangered() && !warned) {
                LOG.warn(
                        "database {}: its slot holds {} bytes of log and the server breaks it in another {} bytes;"
                                + " see why capture lags, or raise max_slot_wal_keep_size",
                        database,
                        health.retained(),
                        health.room().orElseThrow());
            }
            warned = health.endangered();
        } catch (SQLException notNow) {
            LOG.debug("database {} does not say how its log stands; its reader reports why", database, notNow);
        }
    }
}
