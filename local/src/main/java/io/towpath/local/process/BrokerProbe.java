package io.towpath.local.process;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;

/** A short look at a broker. */
public final class BrokerProbe {

    private static final int PATIENCE_MILLIS = 3_000;

    private BrokerProbe() {}

    /**
     * Whether it appears, under its own id, in the cluster that it describes.
     *
     * @param client properties of somebody who may log in; their address is replaced by this broker's
     */
    public static boolean isInItsCluster(Map<String, Object> client, String address, int node) {
        Map<String, Object> config = new TreeMap<>(client);
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address);
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
