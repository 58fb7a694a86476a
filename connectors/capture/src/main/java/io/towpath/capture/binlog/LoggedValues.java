package io.towpath.capture.binlog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that Debezium's reader may write values of rows into the worker's log. */
final class LoggedValues {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedValues.class);

    /** Logs whole changes of tables that it does not know, and statements of every session that writes no rows. */
    private static final Logger READER =
            LoggerFactory.getLogger("io.debezium.connector.binlog.BinlogStreamingChangeEventSource");

    private boolean warned;

    void warn(String database) {
        if (READER.isErrorEnabled() && !warned) {
            LOG.warn(
                    "database {}: this worker's log may get values of rows from logger {}; switch it off: level OFF in"
                            + " the worker's log configuration, and PUT /admin/loggers/{} with {\"level\": \"OFF\"} now",
                    database,
                    READER.getName(),
                    READER.getName());
        }
        warned = true;
    }
}
