package io.towpath.jdbc;

import io.towpath.activity.metric.PluginGauges;
import io.towpath.jdbc.write.Written;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a task has done, in the worker's own metrics (KIP-877); on workers before 4.1 it is counted and not shown. */
public final class SinkMetrics {
    private static final Logger LOGGER = LoggerFactory.getLogger(SinkMetrics.class);

    private final Clock clock;
    private final PluginGauges gauges;
    private volatile long rows;
    private volatile long batches;
    private volatile long retries;
    private volatile long refused;
    private volatile long older;
    private volatile long lag;
    private volatile long transaction;

    public SinkMetrics(SinkTaskContext context, Clock clock) {
        this.clock = clock;
        PluginGauges shown = null;
        try {
            shown = new PluginGauges(context.pluginMetrics());
            shown.show("rows-total", "Records written.", Map.of(), () -> rows);
            shown.show("batches-total", "Transactions committed.", Map.of(), () -> batches);
            shown.show(
                    "retries-total", "Batches that failed for a while and were tried again.", Map.of(), () -> retries);
            shown.show("refused-total", "Records that went to the dead-letter queue.", Map.of(), () -> refused);
            shown.show("older-total", "Records held back because something newer is there.", Map.of(), () -> older);
            shown.show(
                    "commit-lag-ms", "Age of the oldest record of the last batch at its commit.", Map.of(), () -> lag);
            shown.show("transaction-time-ms", "How long the last transaction took.", Map.of(), () -> transaction);
        } catch (NoSuchMethodError | NoClassDefFoundError before41) {
            LOGGER.info("This worker has no metrics for plugins (they came with Kafka 4.1)");
        }
        gauges = shown;
    }

    /** A batch is committed; one thread calls this. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, many readers
    void committed(Collection<SinkRecord> records, Written written, long startNanos) {
        rows += written.rows();
        refused += written.refused();
        older += written.older();
        batches++;
        transaction = (System.nanoTime() - startNanos) / 1_000_000;
        long oldest = Long.MAX_VALUE;
        for (SinkRecord record : records) {
            oldest = record.timestamp() == null ? oldest : Math.min(oldest, record.timestamp());
        }
        lag = oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.millis() - oldest);
        if (gauges != null) {
            gauges.retry();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, many readers
    void retried() {
        retries++;
    }
}
