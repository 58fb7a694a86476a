package io.towpath.capture.delegate;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * What the delegate sees of Connect: its config, and one offset. While it starts that is where to read on; afterwards it
 * is what it may tell the database to forget (Debezium 3.5 takes the slot's position from here when told to commit).
 */
final class DelegateContext implements SourceTaskContext {

    private final SourceTaskContext outer;
    private final Map<String, String> config;
    private volatile Map<String, Object> offset;

    DelegateContext(SourceTaskContext outer, Map<String, String> config, Map<String, ?> offset) {
        this.outer = outer;
        this.config = config;
        this.offset = Map.copyOf(offset);
    }

    void offset(Map<String, ?> next) {
        offset = Map.copyOf(next);
    }

    @Override
    public Map<String, String> configs() {
        return config;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        return new OffsetStorageReader() {
            @Override
            public <T> Map<String, Object> offset(Map<String, T> partition) {
                return offset.isEmpty() ? null : offset;
            }

            @Override
            public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                Map<Map<String, T>, Map<String, Object>> offsets = new HashMap<>();
                partitions.forEach(partition -> offsets.put(partition, offset(partition)));
                return offsets;
            }
        };
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return outer.pluginMetrics();
    }
}
