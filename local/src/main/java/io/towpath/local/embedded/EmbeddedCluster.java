package io.towpath.local.embedded;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Server;
import java.util.List;

record EmbeddedCluster(String name, String bootstrapServers, List<Server> brokers) implements KafkaCluster {

    EmbeddedCluster {
        brokers = List.copyOf(brokers);
    }
}
