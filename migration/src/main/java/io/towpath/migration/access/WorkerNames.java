package io.towpath.migration.access;

import java.util.Map;

/** What a Connect worker keeps for itself on its cluster: its group and its three topics. */
public record WorkerNames(String group, String configs, String offsets, String status) {

    /** As the worker's properties say; what they do not say is as in Kafka's own example. */
    public static WorkerNames of(Map<String, String> worker) {
        return new WorkerNames(
                worker.getOrDefault("group.id", "connect-cluster"),
                worker.getOrDefault("config.storage.topic", "connect-configs"),
                worker.getOrDefault("offset.storage.topic", "connect-offsets"),
                worker.getOrDefault("status.storage.topic", "connect-status"));
    }

    /** Transactional ids of a source connector's tasks (KIP-618). */
    String tasksOf(String connector) {
        return group + "-" + connector + "-";
    }
}
