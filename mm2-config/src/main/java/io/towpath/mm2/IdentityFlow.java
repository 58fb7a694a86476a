package io.towpath.mm2;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.mirror.IdentityReplicationPolicy;

/**
 * The packaged flow {@code migrate}: every record of the named topics, byte for byte, to the same topic and partition.
 *
 * <p>Always: (A) no topic of MM2's own on either cluster; (B) key, value and headers pass as bytes; (C) topics, configs
 * and ACLs are the plan's business, the flow neither creates nor alters any that the plan has made; (D) only committed
 * records are copied.
 *
 * <p>On a worker that is not attached to the cluster written to, all three clients of the worker are pointed there, and
 * offsets are kept in a topic of the flow's own: without the consumer's override the offsets API reads the wrong cluster.
 * On one that is, the three clients only get the user of the target's end, where it has one: a flow writes as the migration
 * says, not as the worker.
 *
 * @param name the connector's name
 * @param topics topic names, taken literally
 */
public record IdentityFlow(
        String name, ClusterEnd source, ClusterEnd target, List<String> topics, Sizing sizing, FlowWorker worker) {

    private static final List<String> OVERRIDES =
            List.of("producer.override.", "admin.override.", "consumer.override.");

    public IdentityFlow {
        topics = List.copyOf(topics);
        topics.stream().filter(IdentityFlow::neverMirrored).findFirst().ifPresent(topic -> {
            throw new IllegalArgumentException(topic + " given; wanted: topics that MM2 mirrors under their own name,"
                    + " and it skips its internal ones and renames heartbeats");
        });
    }

    /** Whether MM2 skips {@code topic} without a word, or renames it, whatever the flow's topics say. */
    public static boolean neverMirrored(String topic) {
        IdentityReplicationPolicy policy = new IdentityReplicationPolicy();
        policy.configure(Map.of(IdentityReplicationPolicy.SOURCE_CLUSTER_ALIAS_CONFIG, "source"));
        return policy.isInternalTopic(topic)
                || !policy.formatRemoteTopic("source", topic).equals(topic);
    }

    /** The connector's whole configuration, sorted by key. */
    public Map<String, String> render() {
        Map<String, String> config =
                new TreeMap<>(Template.load("flows", "migrate").fill(places()));
        config.putAll(sizing.keys(worker.exactlyOnce(), places()));
        config.put("name", name);
        config.putAll(source.under("source.cluster."));
        config.putAll(target.under("target.cluster."));
        if (worker.exactlyOnce()) {
            config.put("exactly.once.support", "required");
        }
        if (!worker.attachedToTarget()) {
            OVERRIDES.forEach(prefix -> config.putAll(target.under(prefix)));
            config.put("offsets.storage.topic", offsetsTopic());
        } else if (target.asksWho()) {
            OVERRIDES.forEach(prefix -> config.putAll(target.identity(prefix)));
        }
        return config;
    }

    /** Where this flow keeps its offsets when its worker is attached to another cluster. */
    public String offsetsTopic() {
        return "towpath-" + name + "-offsets";
    }

    private Map<String, String> places() {
        return Map.of(
                "source.alias", source.alias(),
                "target.alias", target.alias(),
                "topics", topics.stream().map(IdentityFlow::literally).collect(Collectors.joining(",")),
                "tasks", Integer.toString(sizing.tasks()),
                "max.request.size", Integer.toString(sizing.maxRequestBytes()));
    }

    /** MM2 takes names for regular expressions, and a dot matches everything. */
    private static String literally(String topic) {
        return topic.replace(".", "\\.");
    }
}
