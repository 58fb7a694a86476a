package io.towpath.local.embedded;

import io.towpath.local.Login;
import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Probe;
import io.towpath.local.process.ServerProcess;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;

/** One broker. It is ready when it appears, under its own id, in the cluster that it describes. */
final class EmbeddedBroker extends ServerProcess {

    private static final int PATIENCE_MILLIS = 3_000;

    private final int node;
    private final int port;
    private final Login login;

    /** @param login of somebody who may log in; its address is replaced by the port of this broker */
    EmbeddedBroker(Launch launch, Nursery nursery, int node, int port, Login login) {
        super(launch, nursery);
        this.node = node;
        this.port = port;
        this.login = login;
    }

    @Override
    protected boolean ready() {
        return Probe.listens(port) && isInItsCluster();
    }

    private boolean isInItsCluster() {
        Map<String, Object> config = new TreeMap<>(login.properties());
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
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
