package io.towpath.bench.migration;

import io.towpath.mm2.ClusterEnd;
import io.towpath.mm2.FlowWorker;
import io.towpath.mm2.IdentityFlow;
import io.towpath.mm2.Sizing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The two MM2 configurations that are compared. */
final class Contenders {

    private Contenders() {}

    /** The packaged flow {@code migrate} with the sizing throughput. */
    static IdentityFlow packaged(Clusters clusters, String topic, int tasks, boolean exactlyOnce) {
        return new IdentityFlow(
                exactlyOnce ? "exactly-once" : "at-least-once",
                end(clusters.dc1.name(), clusters.dc1.bootstrapServers()),
                end(clusters.dc2.name(), clusters.dc2.bootstrapServers()),
                List.of(topic),
                Sizing.throughput(tasks),
                new FlowWorker(true, exactlyOnce));
    }

    /** The file that comes with Kafka: two clusters, one direction, and replication factors that one broker allows. */
    static Map<String, String> documented(Clusters clusters, String topic) {
        Map<String, String> file = new TreeMap<>();
        file.put("clusters", "dc1, dc2");
        file.put("dc1.bootstrap.servers", clusters.dc1.bootstrapServers());
        file.put("dc2.bootstrap.servers", clusters.dc2.bootstrapServers());
        file.put("dc1->dc2.enabled", "true");
        file.put("dc1->dc2.topics", topic);
        Stream.of("", "checkpoints.topic.", "heartbeats.topic.", "offset-syncs.topic.")
                .forEach(kind -> file.put(kind + "replication.factor", "1"));
        Stream.of("offset", "status", "config").forEach(kind -> file.put(kind + ".storage.replication.factor", "1"));
        return file;
    }

    private static ClusterEnd end(String alias, String bootstrapServers) {
        return new ClusterEnd(alias, bootstrapServers, Map.of());
    }
}
