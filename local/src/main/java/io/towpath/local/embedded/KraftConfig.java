package io.towpath.local.embedded;

import io.towpath.local.process.Place;
import io.towpath.local.process.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** The configuration of the nodes of one KRaft cluster: each is broker and controller. */
record KraftConfig(String cluster, int nodes, Ports ports) {

    String clusterId() {
        return id("cluster").toString();
    }

    Place place(int node, StackFolder folder) {
        return folder.place(BrokerConfig.name(cluster, node));
    }

    String bootstrapServers() {
        return BrokerConfig.bootstrapServers(cluster, nodes, ports);
    }

    /** For the storage tool: {@code id@host:port:directory-id,…} */
    String initialControllers() {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(node -> node + "@" + controller(node) + ":" + id("directory-" + node))
                .collect(Collectors.joining(","));
    }

    Map<String, String> of(int node, Path data) {
        Map<String, String> config = new LinkedHashMap<>(BrokerConfig.common(nodes, data));
        String client = "127.0.0.1:" + BrokerConfig.port(cluster, node, ports);
        config.put("node.id", String.valueOf(node));
        config.put("process.roles", "broker,controller");
        config.put("listeners", "PLAINTEXT://" + client + ",CONTROLLER://" + controller(node));
        config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("controller.listener.names", "CONTROLLER");
        config.put(
                "controller.quorum.bootstrap.servers",
                IntStream.rangeClosed(1, nodes).mapToObj(this::controller).collect(Collectors.joining(",")));
        // After a SIGKILL the controller refuses the new broker until the old one's session is over.
        config.put("broker.session.timeout.ms", "3000");
        config.put("broker.heartbeat.interval.ms", "500");
        String replicas = BrokerConfig.replicas(nodes);
        config.put("share.coordinator.state.topic.replication.factor", replicas);
        config.put("share.coordinator.state.topic.min.isr", BrokerConfig.inSync(nodes));
        config.put("share.coordinator.state.topic.num.partitions", "4");
        return config;
    }

    /** The same for a secured cluster: who the brokers are, and whom they let in, is the keyring's business. */
    Map<String, String> secured(int node, Path data, Keyring keyring) {
        Map<String, String> config = of(node, data);
        String listeners = config.get("listeners").replace("PLAINTEXT:", "SASL_SSL:");
        config.put("listeners", listeners);
        config.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:SSL");
        config.put("inter.broker.listener.name", "SASL_SSL");
        config.putAll(keyring.broker());
        return config;
    }

    private String controller(int node) {
        return "127.0.0.1:" + ports.of(BrokerConfig.name(cluster, node) + ".controller");
    }

    /** The same at every start on the same data. */
    private Uuid id(String what) {
        UUID uuid = UUID.nameUUIDFromBytes((cluster + "/" + what).getBytes(StandardCharsets.UTF_8));
        return new Uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
}
