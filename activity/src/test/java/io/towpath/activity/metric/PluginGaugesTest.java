package io.towpath.activity.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.junit.jupiter.api.Test;

class PluginGaugesTest {

    private final Metrics worker = new Metrics();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void assertNoMetricEndsATask() throws Exception {
        PluginMetricsImpl stuckTask = new PluginMetricsImpl(worker, Map.of("task", "0"));
        gauges(stuckTask).show("rows-total", "Rows.", Map.of(), () -> 1);

        PluginGauges successor = gauges(new PluginMetricsImpl(worker, Map.of("task", "0")));
        successor.show("rows-total", "Rows.", Map.of(), () -> 2);
        successor.show("batches-total", "Batches.", Map.of(), () -> 3);
        assertThat(value("rows-total")).isEqualTo(1L);
        assertThat(value("batches-total")).isEqualTo(3L);

        stuckTask.close();
        successor.retry();
        assertThat(value("rows-total")).as("before ten seconds are over").isNull();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        successor.retry();
        assertThat(value("rows-total")).isEqualTo(2L);
    }

    private PluginGauges gauges(PluginMetricsImpl metrics) {
        return new PluginGauges(metrics, nanos::get);
    }

    private Object value(String name) {
        return worker.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name))
                .map(KafkaMetric::metricValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
