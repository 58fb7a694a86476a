package io.towpath.local;

import java.util.List;

/** A running cluster. Clients reach it without authentication on the loopback address. */
public interface KafkaCluster {

    String name();

    /** {@code host:port,…} of all brokers; the same over restarts. */
    String bootstrapServers();

    /** In the order of their node ids, which count from 1. */
    List<Server> brokers();
}
