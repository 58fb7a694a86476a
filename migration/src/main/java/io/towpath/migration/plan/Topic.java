package io.towpath.migration.plan;

import java.util.Map;

/**
 * A topic as one cluster has it.
 *
 * @param configs the topic's own settings
 * @param inherited those of {@link Guarded#KEYS} that it has from its brokers
 * @param id empty where the cluster is too old to give topics one
 */
public record Topic(
        String name,
        int partitions,
        int replication,
        Map<String, String> configs,
        Map<String, String> inherited,
        String id) {

    public Topic {
        configs = Map.copyOf(configs);
        inherited = Map.copyOf(inherited);
    }

    /** A topic of which only its own settings are known, or wanted. */
    public Topic(String name, int partitions, int replication, Map<String, String> configs) {
        this(name, partitions, replication, configs, Map.of(), "");
    }

    /** What holds for its records, wherever it is set; null when that is not known. */
    String effective(String key) {
        return configs.getOrDefault(key, inherited.get(key));
    }
}
