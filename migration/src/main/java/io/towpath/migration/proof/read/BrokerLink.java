package io.towpath.migration.proof.read;

import io.towpath.migration.config.Cluster;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.Selectable;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * One connection to one broker, with the cluster's own security settings: for the batches themselves, which no consumer
 * shows. Built as Kafka's ReplicaVerificationTool builds it, on classes of kafka-clients that are not its public API.
 */
final class BrokerLink implements AutoCloseable {

    private final Node node;
    private final int timeoutMs;
    private final Metrics metrics = new Metrics();
    private final NetworkClient client;

    BrokerLink(Cluster cluster, Node node) {
        Map<String, Object> properties = cluster.properties();
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        ConsumerConfig config = new ConsumerConfig(properties);
        this.node = node;
        this.timeoutMs = config.getInt(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        LogContext context = new LogContext("[towpath-verify-batches] ");
        Selector selector = new Selector(
                NetworkReceive.UNLIMITED,
                config.getLong(ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG),
                metrics,
                Time.SYSTEM,
                "towpath-verify-batches",
                Map.of(),
                false,
                ClientUtils.createChannelBuilder(config, Time.SYSTEM, context),
                context);
        this.client = new NetworkClient(
                selector,
                new ManualMetadataUpdater(),
                "towpath-verify-" + cluster.alias(),
                1,
                config.getLong(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG),
                config.getLong(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG),
                Selectable.USE_DEFAULT_BUFFER_SIZE,
                config.getInt(ConsumerConfig.RECEIVE_BUFFER_CONFIG),
                timeoutMs,
                config.getLong(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG),
                config.getLong(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG),
                Time.SYSTEM,
                true,
                new ApiVersions(),
                context,
                MetadataRecoveryStrategy.NONE);
    }

    /** The broker's answer, and the version of the protocol it came in. */
    record Answer(AbstractResponse body, short version) {}

    Answer ask(AbstractRequest.Builder<?> request) throws IOException {
        if (!NetworkClientUtils.awaitReady(client, node, Time.SYSTEM, timeoutMs)) {
            throw new IOException("no connection to broker " + node.idString());
        }
        var response = NetworkClientUtils.sendAndReceive(
                client,
                client.newClientRequest(node.idString(), request, Time.SYSTEM.milliseconds(), true),
                Time.SYSTEM);
        if (response.responseBody() == null) {
            throw new IOException("no answer from broker " + node.idString());
        }
        return new Answer(response.responseBody(), response.requestHeader().apiVersion());
    }

    @Override
    public void close() {
        client.close();
        metrics.close();
    }
}
