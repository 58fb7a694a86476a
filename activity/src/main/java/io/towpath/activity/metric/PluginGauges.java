package io.towpath.activity.metric;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * The metrics of one plugin (KIP-877), tagged by the worker with connector and task.
 *
 * <p>Invariant: no metric ends a task. A worker starts a task again without waiting for one that does not end within
 * {@code task.shutdown.graceful.timeout.ms}; that one still holds the names, and the worker refuses them to its successor
 * ({@link IllegalArgumentException}). Such a metric waits here until its name is free.
 */
public final class PluginGauges {

    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private record Waiting(MetricName name, Gauge<Long> gauge) {}

    private final PluginMetrics metrics;
    private final LongSupplier nanos;
    private final List<Waiting> waiting = new ArrayList<>();
    private volatile boolean anyWaits;
    private long triedAt;

    public PluginGauges(PluginMetrics metrics) {
        this(metrics, System::nanoTime);
    }

    PluginGauges(PluginMetrics metrics, LongSupplier nanos) {
        this.metrics = metrics;
        this.nanos = nanos;
    }

    /** Shows {@code value}, now or as soon as its name is free. */
    public synchronized void show(String name, String description, Map<String, String> tags, LongSupplier value) {
        MetricName full = metrics.metricName(name, description, new LinkedHashMap<>(tags));
        Waiting one = new Waiting(full, (config, now) -> value.getAsLong());
        if (!isShown(one)) {
            waiting.add(one);
            anyWaits = true;
            triedAt = nanos.getAsLong();
        }
    }

    /** Tries again what waits, at most every ten seconds; costs the look at a field while nothing does. */
    public void retry() {
        if (anyWaits) {
            retryWaiting();
        }
    }

    private synchronized void retryWaiting() {
        long now = nanos.getAsLong();
        if (now - triedAt >= PAUSE_NANOS) {
            triedAt = now;
            waiting.removeIf(this::isShown);
            anyWaits = !waiting.isEmpty();
        }
    }

    private boolean isShown(Waiting one) {
        try {
            metrics.addMetric(one.name(), one.gauge());
            return true;
        } catch (IllegalArgumentException heldByTheOneBefore) {
            return false;
        } catch (IllegalStateException theTaskHasEnded) {
            return true; // nobody looks any more
        }
    }
}
