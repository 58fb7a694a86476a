package io.towpath.migration.plan;

import java.util.Map;

/**
 * A topic as one cluster has it.
 *
 * @param configs the topic's own settings; defaults of the broker are not among them
 */
public record Topic(String name, int partitions, int replication, Map<String, String> configs) {

    public Topic {
        configs = Map.copyOf(configs);
    }
}
