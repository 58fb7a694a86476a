package io.towpath.local.containers;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.testcontainers.kafka.KafkaContainer;

/** One broker. It is ready when it appears, under its own id, in the cluster that it describes. */
final class ContainerBroker extends ContainerServer {

    private static final int PATIENCE_MILLIS = 3_000;

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
        Map<String, Object> config = Map.of(
                "bootstrap.servers", address,
                "request.timeout.ms", PATIENCE_MILLIS,
                "default.api.timeout.ms", PATIENCE_MILLIS);
        try (Admin admin = Admin.create(config)) {
            return admin.describeCluster().nodes().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).stream()
                    .mapToInt(Node::id)
                    .anyMatch(id -> id == node);
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
