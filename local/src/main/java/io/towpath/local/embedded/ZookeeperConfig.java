package io.towpath.local.embedded;

import io.towpath.local.process.Place;
import io.towpath.local.process.Ports;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration of a cluster whose metadata is in ZooKeeper, and of that ZooKeeper. */
record ZookeeperConfig(String cluster, int nodes, Ports ports) {

    String zookeeper() {
        return cluster + "-zookeeper";
    }

    Place place(int node, StackFolder folder) {
        return folder.place(BrokerConfig.name(cluster, node));
    }

    String bootstrapServers() {
        return BrokerConfig.bootstrapServers(cluster, nodes, ports);
    }

    Map<String, String> of(int node, Path data) {
        Map<String, String> config = new LinkedHashMap<>(BrokerConfig.common(nodes, data));
        config.put("broker.id", String.valueOf(node));
        config.put("listeners", "PLAINTEXT://127.0.0.1:" + BrokerConfig.port(cluster, node, ports));
        config.put("zookeeper.connect", "127.0.0.1:" + ports.of(zookeeper()));
        // A killed broker's entry lasts that long, and a broker that finds it gives up: less than a start takes.
        config.put("zookeeper.session.timeout.ms", "3000");
        return config;
    }

    Map<String, String> ofZookeeper(Place place) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("dataDir", place.data().toString());
        config.put("clientPortAddress", "127.0.0.1");
        config.put("clientPort", String.valueOf(place.port()));
        config.put("tickTime", "250");
        config.put("maxClientCnxns", "0");
        config.put("admin.enableServer", "false");
        return config;
    }
}
