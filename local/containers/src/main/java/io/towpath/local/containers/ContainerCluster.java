package io.towpath.local.containers;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Server;
import java.util.List;
import java.util.stream.Collectors;

/** Brokers that are also each other's controllers. */
record ContainerCluster(String name, List<ContainerBroker> nodes) implements KafkaCluster {

    @Override
    public String bootstrapServers() {
        return nodes.stream().map(ContainerBroker::address).collect(Collectors.joining(","));
    }

    @Override
    public List<Server> brokers() {
        return List.copyOf(nodes);
    }
}
