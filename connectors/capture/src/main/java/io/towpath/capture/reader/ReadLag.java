package io.towpath.capture.reader;

import java.time.Clock;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * How far reading is behind its database, in time: since the commit of the transaction that was read last, or, while the
 * database is not read, since it no longer is; nothing once there was nothing more to read.
 */
final class ReadLag {

    private static final long CAUGHT_UP = -1;

    private final Clock clock;
    private volatile long since;

    ReadLag(Clock clock) {
        this.clock = clock;
        this.since = clock.millis();
    }

    /** Called with what one look into the log has given. */
    void read(List<SourceRecord> records) {
        if (records.isEmpty()) {
            since = CAUGHT_UP;
            return;
        }
        for (int i = records.size() - 1; i >= 0; i--) {
            if (records.get(i).value() instanceof Struct end
                    && end.schema().field("status") != null
                    && end.schema().field("ts_ms") != null
                    && end.getInt64("ts_ms") != null) {
                since = end.getInt64("ts_ms");
                return;
            }
        }
    }

    void stopped() {
        if (since == CAUGHT_UP) {
            since = clock.millis();
        }
    }

    long seconds() {
        long begin = since;
        return begin == CAUGHT_UP ? 0 : Math.max(0, (clock.millis() - begin) / 1_000);
    }
}
