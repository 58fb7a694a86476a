package io.towpath.local;

import java.util.List;
import java.util.Map;

/** A running cluster on the loopback address: open to everybody, or secured. */
public interface KafkaCluster {

    /** The one super user of a secured cluster: its brokers, and whoever makes users and ACLs in their name. */
    String SUPER_USER = "broker";

    String name();

    /** {@code host:port,…} of all brokers; the same over restarts. */
    String bootstrapServers();

    /** In the order of their node ids, which count from 1. */
    List<Server> brokers();

    /**
     * How a client reaches the cluster as this user. A secured cluster makes the user at the first call, with a password
     * of its own and without any right; it may log in to every broker when this returns. An open cluster asks nobody who
     * they are.
     */
    default Login login(String user) {
        return new Login(Map.of("bootstrap.servers", bootstrapServers()));
    }
}
