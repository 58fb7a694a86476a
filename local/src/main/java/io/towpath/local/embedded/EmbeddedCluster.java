package io.towpath.local.embedded;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Login;
import io.towpath.local.Server;
import io.towpath.local.process.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Brokers that are also each other's controllers. */
record EmbeddedCluster(String name, String bootstrapServers, List<EmbeddedBroker> nodes, Function<String, Login> logins)
        implements KafkaCluster {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration WITHOUT_MAJORITY = Duration.ofSeconds(1);

    EmbeddedCluster {
        nodes = List.copyOf(nodes);
    }

    @Override
    public List<Server> brokers() {
        return List.copyOf(nodes);
    }

    @Override
    public Login login(String user) {
        return logins.apply(user);
    }

    void requestStop() {
        nodes.forEach(ServerProcess::requestStop);
    }

    /**
     * Waits for the nodes, all of which were asked to stop. A node asks the controllers for leave: those who are left
     * without a majority get no answer, and would wait for minutes.
     */
    void awaitStopped() {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (hasMajority() && System.nanoTime() - end < 0) {
            nodes.stream().filter(Server::alive).findAny().ifPresent(node -> node.stopsWithin(LOOK_EVERY));
        }
        if (hasMajority()) {
            nodes.forEach(ServerProcess::awaitStopped);
        } else {
            nodes.stream().filter(node -> !node.stopsWithin(WITHOUT_MAJORITY)).forEach(Server::kill);
        }
    }

    private boolean hasMajority() {
        return nodes.stream().filter(Server::alive).count() > nodes.size() / 2;
    }
}
