package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class CountTest {

    /** What a worker would show. */
    private static final class Shown implements PluginMetrics {
        private final Map<String, MetricValueProvider<?>> metrics = new HashMap<>();

        @Override
        @SuppressWarnings("NonApiType") // Kafka's signature
        public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
            return new MetricName(name, "plugins", description, tags);
        }

        @Override
        public void addMetric(MetricName name, MetricValueProvider<?> provider) {
            metrics.put(name.name(), provider);
        }

        @Override
        public void removeMetric(MetricName name) {
            metrics.remove(name.name());
        }

        @Override
        public Sensor addSensor(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeSensor(String name) {
            throw new UnsupportedOperationException();
        }

        long value(String name) {
            return (Long) ((Gauge<?>) metrics.get(name)).value(null, 0L);
        }
    }

    @Test
    void whatHappenedBeforeTheWorkerAskedCountsToo() {
        ToActivity<SourceRecord> transform = new ToActivity<>();
        transform.configure(Map.of("rules", "r", "rules.r.table", "public.t", "rules.r.type", "t"));
        transform.apply(Records.withSchema("key: a"));
        Shown shown = shownBy(transform);
        assertThat(shown.value("dropped-total")).isEqualTo(1);
        transform.apply(Records.withSchema("value: { op: c, after: { id: 1 }, source: { schema: public, table: t } }"));
        assertThat(shown.value("activities-total")).isEqualTo(1);
        assertThat(shown.value("dropped-total")).isEqualTo(1);
    }

    @Test
    void refusedRecordsAreCounted() {
        SchemaGate<SourceRecord> gate = new SchemaGate.Value<>();
        gate.configure(Map.of("action", "pass"));
        Shown shown = shownBy(gate);
        gate.apply(Records.withSchema("value: { n: 1 }"));
        gate.apply(Records.withSchema("value: { n: a }"));
        assertThat(shown.value("refused-total")).isEqualTo(1);
    }

    private static Shown shownBy(Monitorable plugin) {
        Shown shown = new Shown();
        plugin.withPluginMetrics(shown);
        return shown;
    }
}
