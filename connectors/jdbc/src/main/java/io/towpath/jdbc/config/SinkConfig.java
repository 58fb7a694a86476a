package io.towpath.jdbc.config;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Everything that the sink may be told. */
public record SinkConfig(
        ConnectionConfig connection,
        FenceConfig fence,
        BatchConfig batch,
        WriteConfig write,
        VersionConfig version,
        ErrorConfig errors,
        ParkConfig park,
        ErasureConfig erasure) {

    /** A fresh definition of every key. */
    public static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        ConnectionConfig.define(definition);
        FenceConfig.define(definition);
        BatchConfig.define(definition);
        WriteConfig.define(definition);
        VersionConfig.define(definition);
        ErrorConfig.define(definition);
        ParkConfig.define(definition);
        ErasureConfig.define(definition);
        return definition;
    }

    /**
     * Reads a connector's configuration.
     *
     * @throws org.apache.kafka.common.config.ConfigException naming the key, when one has no legal value
     */
    public static SinkConfig parse(Map<String, String> given) {
        AbstractConfig values = new AbstractConfig(definition(), given, false);
        return new SinkConfig(
                ConnectionConfig.parse(values),
                FenceConfig.parse(values, given),
                BatchConfig.parse(values),
                WriteConfig.parse(values),
                VersionConfig.parse(values),
                ErrorConfig.parse(values),
                ParkConfig.parse(values),
                ErasureConfig.parse(values));
    }
}
