package io.towpath.local.embedded;

import io.towpath.local.process.Ports;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What brokers are told whoever keeps their metadata. */
final class BrokerConfig {

    private BrokerConfig() {}

    static String name(String cluster, int node) {
        return cluster + "-" + node;
    }

    static int port(String cluster, int node, Ports ports) {
        return ports.of(name(cluster, node));
    }

    static String bootstrapServers(String cluster, int nodes, Ports ports) {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(node -> "127.0.0.1:" + port(cluster, node, ports))
                .collect(Collectors.joining(","));
    }

    static String replicas(int nodes) {
        return String.valueOf(Math.min(3, nodes));
    }

    static String inSync(int nodes) {
        return nodes >= 3 ? "2" : "1";
    }

    static Map<String, String> common(int nodes, Path data) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("log.dirs", data.toString());
        config.put("auto.create.topics.enable", "false");
        config.put("group.initial.rebalance.delay.ms", "0");
        // A killed producer's transaction ends at its own time-out, not up to 10 s later.
        config.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        config.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20)); // 128 MB by default, from the heap
        config.put("default.replication.factor", replicas(nodes));
        config.put("min.insync.replicas", inSync(nodes));
        config.put("offsets.topic.replication.factor", replicas(nodes));
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.replication.factor", replicas(nodes));
        config.put("transaction.state.log.min.isr", inSync(nodes));
        config.put("transaction.state.log.num.partitions", "4");
        return config;
    }
}
