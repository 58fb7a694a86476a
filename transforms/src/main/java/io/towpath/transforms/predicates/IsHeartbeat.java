package io.towpath.transforms.predicates;

import io.towpath.transforms.Version;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/** True for the heartbeats of a Debezium connector. */
public final class IsHeartbeat<R extends ConnectRecord<R>> implements Predicate<R> {

    public static final String OVERVIEW =
            "True for the heartbeats of a Debezium connector: by the name of their schema, or by the prefix of their topic. "
                    + "Negate it in front of ToActivity, which drops what is no activity: a heartbeat that passes lets "
                    + "Connect store the connector's offset while no rule takes anything.";

    static final String PREFIX = "topic.heartbeat.prefix";

    public static final ConfigDef CONFIG = new ConfigDef()
            .define(
                    PREFIX,
                    ConfigDef.Type.STRING,
                    "__debezium-heartbeat",
                    new ConfigDef.NonEmptyString(),
                    ConfigDef.Importance.LOW,
                    "What the heartbeat topics' names start with, as in the connector's own topic.heartbeat.prefix.",
                    "Heartbeats",
                    1,
                    ConfigDef.Width.MEDIUM,
                    "Topic prefix");

    private static final String SCHEMA = "io.debezium.connector.common.Heartbeat";

    private String prefix;

    @Override
    public void configure(Map<String, ?> config) {
        prefix = new AbstractConfig(CONFIG, config, false).getString(PREFIX);
    }

    @Override
    public boolean test(R record) {
        boolean named = record.valueSchema() != null
                && SCHEMA.equals(record.valueSchema().name());
        return named || (record.topic() != null && record.topic().startsWith(prefix));
    }

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public String version() {
        return Version.THIS;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
