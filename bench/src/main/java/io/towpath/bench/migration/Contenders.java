package io.towpath.bench.migration;

import io.towpath.mm2.ClusterEnd;
import io.towpath.mm2.FlowWorker;
import io.towpath.mm2.IdentityFlow;
import io.towpath.mm2.Sizing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The two MM2 configurations that are compared, each with the topic that it writes to. */
final class Contenders {

    /** Not a key of MM2: where the records arrive. */
    static final String TARGET_TOPIC = "target.topic";

    private Contenders() {}

    static Map<String, String> packaged(Clusters clusters, int tasks) {
        IdentityFlow flow = new IdentityFlow(
                "ours",
                end(clusters.dc1.name(), clusters.dc1.bootstrapServers()),
                end(clusters.dc2.name(), clusters.dc2.bootstrapServers()),
                List.of("bench"),
                Sizing.throughput(tasks),
                new FlowWorker(true, true));
        Map<String, String> config = flow.render();
        config.put(TARGET_TOPIC, "bench");
        return config;
    }

    /** The defaults, with the converters that dedicated mode sets. */
    static Map<String, String> documented(Clusters clusters) {
        String bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
        Map<String, String> config = new TreeMap<>();
        config.put("connector.class", "org.apache.kafka.connect.mirror.MirrorSourceConnector");
        config.put("source.cluster.alias", "dc1");
        config.put("target.cluster.alias", "dc2");
        config.put("source.cluster.bootstrap.servers", clusters.dc1.bootstrapServers());
        config.put("target.cluster.bootstrap.servers", clusters.dc2.bootstrapServers());
        config.put("topics", "bench");
        config.put("replication.factor", "1");
        config.put("offset-syncs.topic.replication.factor", "1");
        List.of("key.converter", "value.converter", "header.converter").forEach(key -> config.put(key, bytes));
        config.put(TARGET_TOPIC, "dc1.bench");
        return config;
    }

    private static ClusterEnd end(String alias, String bootstrapServers) {
        return new ClusterEnd(alias, bootstrapServers, Map.of());
    }
}
