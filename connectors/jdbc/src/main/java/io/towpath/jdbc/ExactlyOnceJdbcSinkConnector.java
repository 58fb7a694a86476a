package io.towpath.jdbc;

import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.validate.Validation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Writes records to a database exactly once and in order: rows and offsets in one transaction, behind an epoch that
 * every new owner of a partition raises.
 */
public final class ExactlyOnceJdbcSinkConnector extends SinkConnector {
    private Map<String, String> properties;

    @Override
    public String version() {
        return Version.get();
    }

    @Override
    public ConfigDef config() {
        return SinkConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> given) {
        return Validation.of(given, super.validate(given));
    }

    @Override
    public void start(Map<String, String> given) {
        SinkConfig.parse(given);
        properties = Map.copyOf(given);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ExactlyOnceJdbcSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public boolean alterOffsets(Map<String, String> given, Map<TopicPartition, Long> offsets) {
        OffsetEditor.edit(SinkConfig.parse(given), offsets);
        return true;
    }

    @Override
    public void stop() {
        // The connector itself holds nothing.
    }
}
