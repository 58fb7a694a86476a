package io.towpath.migration.access;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.towpath.migration.access.Right.On;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a worker and its connectors may do. All topics stand already: no role here may make one. */
public final class ConnectRights {

    private ConnectRights() {}

    /** A worker of a group, whatever its connectors do under their own names. */
    public static List<Right> worker(WorkerNames names) {
        return List.of(
                Right.group(On.CLUSTER, names.group(), READ, "workers of a group share its connectors"),
                Right.topic(On.CLUSTER, names.configs(), READ, "it learns what connectors there are"),
                Right.topic(On.CLUSTER, names.configs(), WRITE, "its leader keeps what the REST API is told"),
                Right.transaction(
                        On.CLUSTER,
                        "connect-cluster-" + names.group(),
                        WRITE,
                        "with exactly.once.source.support its leader writes these in transactions"),
                Right.topic(On.CLUSTER, names.offsets(), READ, "it reads how far connectors are"),
                Right.topic(On.CLUSTER, names.status(), READ, "it shows what other workers say of their tasks"),
                Right.topic(On.CLUSTER, names.status(), WRITE, "it says what becomes of its own tasks"));
    }

    /** The capture connector {@code name} with this configuration, under its own user in all its clients. */
    public static List<Right> capture(WorkerNames names, String name, Map<String, String> config) {
        List<Right> rights = new ArrayList<>();
        String activities = config.getOrDefault("topic", "activity");
        String progress = config.getOrDefault("progress.topic", "towpath-" + name + "-progress");
        rights.add(Right.topic(On.CLUSTER, activities, WRITE, "it writes the activities"));
        rights.add(Right.topic(On.CLUSTER, progress, WRITE, "it keeps a quiet database's log position moving"));
        rights.addAll(exactlyOnceSource(On.CLUSTER, names, name));
        if (config.keySet().stream().anyMatch(key -> key.endsWith("consent.table"))) {
            String consent = config.getOrDefault("consent.topic", "towpath-" + name + "-consent");
            rights.add(Right.topic(On.CLUSTER, consent, WRITE, "it keeps what actors allow"));
            rights.add(Right.topic(On.CLUSTER, consent, READ, "it learns at its start what actors allow"));
            rights.add(Right.topic(
                    On.CLUSTER, consent, DESCRIBE_CONFIGS, "it refuses a consent topic that is not compacted"));
        }
        return List.copyOf(rights);
    }

    /** What Connect does in the name of a source connector that is exactly once (KIP-618). */
    static List<Right> exactlyOnceSource(On on, WorkerNames names, String connector) {
        return List.of(
                Right.transactions(on, names.tasksOf(connector), WRITE, "each task writes in transactions of its own"),
                Right.topic(on, names.offsets(), WRITE, "its position is written in the same transaction"),
                Right.topic(on, names.offsets(), READ, "it goes on from its position"));
    }

    /** A sink {@code name} that reads these topics, under its own user in its consumer. */
    public static List<Right> sink(String name, Map<String, String> config) {
        List<Right> rights = new ArrayList<>();
        for (String topic : config.getOrDefault("topics", "").split(",", -1)) {
            rights.add(Right.topic(On.CLUSTER, topic.strip(), READ, "it reads what it stores"));
        }
        String group = config.getOrDefault("consumer.override.group.id", "connect-" + name);
        rights.add(Right.group(On.CLUSTER, group, READ, "its tasks share the partitions"));
        return List.copyOf(rights);
    }

    /** A consumer of these topics; with a group, which may be null, one that commits. */
    public static List<Right> reader(List<String> topics, String group) {
        List<Right> rights = new ArrayList<>();
        topics.forEach(topic -> rights.add(Right.topic(On.CLUSTER, topic, READ, "it reads the topic")));
        if (group != null) {
            rights.add(Right.group(On.CLUSTER, group, READ, "it shares the partitions and commits"));
        }
        return List.copyOf(rights);
    }
}
