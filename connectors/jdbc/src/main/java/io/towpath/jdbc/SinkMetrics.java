package io.towpath.jdbc;

import io.towpath.jdbc.write.Written;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a task has done, in the worker's own metrics (KIP-877); on workers before 4.1 it is counted and not shown. */
public final class SinkMetrics {
    private static final Logger LOGGER = LoggerFactory.getLogger(SinkMetrics.class);

    private final Clock clock;
    private volatile long rows;
    private volatile long batches;
    private volatile long retries;
    private volatile long refused;
    private volatile long older;
    private volatile long lag;
    private volatile long transaction;

    public SinkMetrics(SinkTaskContext context, Clock clock) {
        this.clock = clock;
        try {
            PluginMetrics metrics = context.pluginMetrics();
            add(metrics, "rows-total", "Records written.", () -> rows);
            add(metrics, "batches-total", "Transactions committed.", () -> batches);
            add(metrics, "retries-total", "Batches that failed for a while and were tried again.", () -> retries);
            add(metrics, "refused-total", "Records that went to the dead-letter queue.", () -> refused);
            add(metrics, "older-total", "Records held back because something newer is there.", () -> older);
            add(metrics, "commit-lag-ms", "Age of the oldest record of the last batch at its commit.", () -> lag);
            add(metrics, "transaction-time-ms", "How long the last transaction took.", () -> transaction);
        } catch (NoSuchMethodError | NoClassDefFoundError before41) {
            LOGGER.info("This worker has no metrics for plugins (they came with Kafka 4.1)");
        }
    }

    private static void add(PluginMetrics metrics, String name, String meaning, LongSupplier value) {
        Gauge<Long> gauge = (config, now) -> value.getAsLong();
        metrics.addMetric(metrics.metricName(name, meaning, new LinkedHashMap<>()), gauge);
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
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, many readers
    void retried() {
        retries++;
    }
}
