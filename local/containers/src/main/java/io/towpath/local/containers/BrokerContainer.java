package io.towpath.local.containers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Makes Kafka's own image one node, broker and controller at once, of a cluster. */
final class BrokerContainer {

    static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");

    private static final int CONTROLLER_PORT = 9094; // as Testcontainers listens
    private static final int CLIENT_PORT = 9092;

    private BrokerContainer() {}

    /**
     * @param port on the loopback address, the same over restarts
     * @param config the broker's own configuration, winning over everything else
     */
    static KafkaContainer of(
            String cluster, int node, int nodes, int port, Network network, Map<String, String> config) {
        KafkaContainer container = new OnLoopback(port)
                .withNetwork(network)
                .withNetworkAliases(cluster + "-" + node)
                .withCreateContainerCmdModifier(create -> create.withHostName(cluster + "-" + node));
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + CLIENT_PORT));
        String replicas = String.valueOf(Math.min(3, nodes));
        container.withEnv("CLUSTER_ID", id(cluster));
        container.withEnv("KAFKA_NODE_ID", String.valueOf(node));
        container.withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", voters(cluster, nodes));
        for (String log : List.of("OFFSETS_TOPIC", "TRANSACTION_STATE_LOG", "SHARE_COORDINATOR_STATE_TOPIC")) {
            container.withEnv("KAFKA_" + log + "_REPLICATION_FACTOR", replicas);
        }
        for (String log : List.of("TRANSACTION_STATE_LOG", "SHARE_COORDINATOR_STATE_TOPIC")) {
            container.withEnv("KAFKA_" + log + "_MIN_ISR", nodes > 2 ? "2" : "1");
        }
        container.withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        config.forEach((key, value) -> container.withEnv(variable(key), value));
        return container;
    }

    /** Testcontainers gives every cluster the same: who compares two would compare one with itself. */
    private static String id(String cluster) {
        UUID named = UUID.nameUUIDFromBytes(cluster.getBytes(StandardCharsets.UTF_8));
        return new Uuid(named.getMostSignificantBits(), named.getLeastSignificantBits()).toString();
    }

    private static String voters(String cluster, int nodes) {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(node -> node + "@" + cluster + "-" + node + ":" + CONTROLLER_PORT)
                .collect(Collectors.joining(","));
    }

    /** As the image reads them (KIP-975): {@code log.dirs} by {@code KAFKA_LOG_DIRS}. */
    static String variable(String key) {
        return "KAFKA_"
                + key.replace("_", "__").replace("-", "___").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Advertises where its port is published, whatever Testcontainers takes for the engine's own address. */
    private static final class OnLoopback extends KafkaContainer {
        private final String address;

        OnLoopback(int port) {
            super(IMAGE);
            this.address = "127.0.0.1:" + port;
        }

        @Override
        public String getBootstrapServers() {
            return address;
        }
    }
}
