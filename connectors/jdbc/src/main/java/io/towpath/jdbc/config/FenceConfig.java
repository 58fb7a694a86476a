package io.towpath.jdbc.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;

/**
 * Which rows of the offsets table are this sink's.
 *
 * @param sinkId by default the connector's name
 */
public record FenceConfig(String sinkId, String sourceCluster, String offsetsTable) {
    public static final String SINK_ID = "sink.id";
    public static final String SOURCE_CLUSTER = "source.cluster";
    public static final String OFFSETS_TABLE = "offsets.table";

    static void define(ConfigDef definition) {
        new Keys(definition, "Exactly once")
                .key(
                        SINK_ID,
                        ConfigDef.Type.STRING,
                        null,
                        null,
                        MEDIUM,
                        "Names this sink's rows in the offsets table; the connector's name by default. Two connectors"
                                + " with one id fence each other.")
                .key(
                        SOURCE_CLUSTER,
                        ConfigDef.Type.STRING,
                        "default",
                        new NonEmptyString(),
                        MEDIUM,
                        "Names the Kafka cluster that the records come from: the offsets of another one are others.")
                .key(
                        OFFSETS_TABLE,
                        ConfigDef.Type.STRING,
                        "towpath_sink_offsets",
                        new NonEmptyString(),
                        LOW,
                        "Table for the offsets, in the target database; created at the first start.");
    }

    static FenceConfig parse(AbstractConfig values, Map<String, String> given) {
        String id = values.getString(SINK_ID);
        return new FenceConfig(
                id != null ? id : given.getOrDefault("name", "unnamed"),
                values.getString(SOURCE_CLUSTER),
                values.getString(OFFSETS_TABLE));
    }
}
