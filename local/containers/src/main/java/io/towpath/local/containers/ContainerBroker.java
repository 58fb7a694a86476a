package io.towpath.local.containers;

import io.towpath.local.process.BrokerProbe;
import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.kafka.KafkaContainer;

/** One broker. It is ready when it appears, under its own id, in the cluster that it describes. */
final class ContainerBroker extends ContainerServer {

    private final int node;
    private final String address;

    ContainerBroker(String name, KafkaContainer container, Path log, int node, int port) {
        super(name, container, log);
        this.node = node;
        this.address = "127.0.0.1:" + port;
    }

    String address() {
        return address;
    }

    @Override
    boolean ready() {
        return BrokerProbe.isInItsCluster(Map.of(), address, node);
    }
}
