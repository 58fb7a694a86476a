package io.towpath.capture.binlog;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the delegate keeps how tables were defined when: a Kafka topic of each database, for a binlog's rows have no names. */
final class TableHistory {

    static final String KEPT_BY = "schema.history.internal";

    private final String connector;
    private final Map<String, String> kafka;

    TableHistory(CaptureConfig config) {
        this.connector = config.connector();
        this.kafka = config.kafka();
    }

    /** The part of the delegate's config. */
    Map<String, String> of(DatabaseConfig database) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(KEPT_BY, "io.debezium.storage.kafka.history.KafkaSchemaHistory");
        config.put(KEPT_BY + ".kafka.topic", "towpath-" + connector + "-" + database.name() + "-schema");
        config.put(KEPT_BY + ".store.only.captured.databases.ddl", "true");
        kafka.forEach((key, value) -> {
            boolean servers = key.equals("bootstrap.servers");
            config.put(KEPT_BY + (servers ? ".kafka." : ".producer.") + key, value);
            if (!servers) {
                config.put(KEPT_BY + ".consumer." + key, value);
            }
        });
        return config;
    }
}
