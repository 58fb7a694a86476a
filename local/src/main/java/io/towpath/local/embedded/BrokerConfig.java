package io.towpath.local.embedded;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** The configuration of the nodes of one KRaft cluster: each is broker and controller. */
record BrokerConfig(String cluster, int nodes, Ports ports) {

    String clusterId() {
        return id("cluster").toString();
    }

    int port(int node) {
        return ports.of(cluster + "-" + node + ".client");
    }

    String bootstrapServers() {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(node -> "127.0.0.1:" + port(node))
                .collect(Collectors.joining(","));
    }

    /** For the storage tool: {@code id@host:port:directory-id,…} */
    String initialControllers() {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(node -> node + "@" + controller(node) + ":" + id("directory-" + node))
                .collect(Collectors.joining(","));
    }

    Map<String, String> of(int node, String dataDirectory) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("node.id", String.valueOf(node));
        config.put("process.roles", "broker,controller");
        config.put("listeners", "PLAINTEXT://127.0.0.1:" + port(node) + ",CONTROLLER://" + controller(node));
        config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("controller.listener.names", "CONTROLLER");
        config.put(
                "controller.quorum.bootstrap.servers",
                IntStream.rangeClosed(1, nodes).mapToObj(this::controller).collect(Collectors.joining(",")));
        config.put("log.dirs", dataDirectory);
        config.put("auto.create.topics.enable", "false");
        config.put("group.initial.rebalance.delay.ms", "0");
        // After a SIGKILL the controller refuses the new broker until the old one's session is over.
        config.put("broker.session.timeout.ms", "3000");
        config.put("broker.heartbeat.interval.ms", "500");
        config.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20)); // 128 MB by default, from the heap
        config.putAll(replication());
        return config;
    }

    private Map<String, String> replication() {
        String replicas = String.valueOf(Math.min(3, nodes));
        String inSync = nodes >= 3 ? "2" : "1";
        Map<String, String> config = new LinkedHashMap<>();
        config.put("default.replication.factor", replicas);
        config.put("min.insync.replicas", inSync);
        config.put("offsets.topic.replication.factor", replicas);
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.replication.factor", replicas);
        config.put("transaction.state.log.min.isr", inSync);
        config.put("transaction.state.log.num.partitions", "4");
        config.put("share.coordinator.state.topic.replication.factor", replicas);
        config.put("share.coordinator.state.topic.min.isr", inSync);
        config.put("share.coordinator.state.topic.num.partitions", "4");
        return config;
    }

    private String controller(int node) {
        return "127.0.0.1:" + ports.of(cluster + "-" + node + ".controller");
    }

    /** The same at every start on the same data. */
    private Uuid id(String what) {
        UUID uuid = UUID.nameUUIDFromBytes((cluster + "/" + what).getBytes(StandardCharsets.UTF_8));
        return new Uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
}
