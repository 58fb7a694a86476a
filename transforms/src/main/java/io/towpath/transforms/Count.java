package io.towpath.transforms;

import io.towpath.activity.metric.PluginGauges;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * How often something happened, as a metric of the plugin in the worker's own tree (KIP-877): the worker adds connector,
 * task and alias, and takes the metric away with the task. Counts from the start, shown once the worker offers metrics.
 */
public final class Count {

    private final String name;
    private final String description;
    private final AtomicLong value = new AtomicLong();
    private PluginGauges shown;

    public Count(String name, String description) {
        this.name = name;
        this.description = description;
    }

    /** One writer, the task's thread: no need for an atomic addition. */
    public void add() {
        value.lazySet(value.getPlain() + 1);
        if (shown != null) {
            shown.retry();
        }
    }

    public long value() {
        return value.get();
    }

    public static void show(PluginMetrics metrics, Count... counts) {
        for (Count count : counts) {
            PluginGauges gauges = new PluginGauges(metrics);
            gauges.show(count.name, count.description, Map.of(), count::value);
            count.shown = gauges;
        }
    }
}
