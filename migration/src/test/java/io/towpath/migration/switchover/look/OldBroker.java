package io.towpath.migration.switchover.look;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;

/** A broker's port as one before Kafka 2.8 shows it: it tells its metadata, and has never heard of KIP-664. */
final class OldBroker implements AutoCloseable {

    static final String TOPIC = "orders";

    private final ServerSocket port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    OldBroker() throws IOException {
        daemon(this::accept);
    }

    String bootstrapServers() {
        return port.getInetAddress().getHostAddress() + ":" + port.getLocalPort();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "old-broker");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = port.accept();
                daemon(() -> serve(client));
            }
        } catch (SocketException closed) {
            // the end of the test
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                RequestHeader request = RequestHeader.parse(ByteBuffer.wrap(in.readNBytes(in.readInt())));
                ResponseHeader header = request.toResponseHeader();
                ByteBuffer answer = RequestUtils.serialize(
                        header.data(), header.headerVersion(), body(request.apiKey()), request.apiVersion());
                out.writeInt(answer.remaining());
                out.write(answer.array(), answer.arrayOffset() + answer.position(), answer.remaining());
                out.flush();
            }
        } catch (EOFException | SocketException gone) {
            // the client has closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApiMessage body(ApiKeys asked) {
        return asked == ApiKeys.API_VERSIONS ? known() : metadata();
    }

    private static ApiVersionsResponseData known() {
        ApiVersionsResponseData known = new ApiVersionsResponseData();
        for (ApiKeys key : List.of(ApiKeys.API_VERSIONS, ApiKeys.METADATA)) {
            known.apiKeys()
                    .add(new ApiVersion()
                            .setApiKey(key.id)
                            .setMinVersion(key.oldestVersion())
                            .setMaxVersion(key.latestVersion()));
        }
        return known;
    }

    private MetadataResponseData metadata() {
        MetadataResponseData metadata = new MetadataResponseData().setControllerId(0);
        metadata.brokers()
                .add(new MetadataResponseBroker()
                        .setNodeId(0)
                        .setHost(port.getInetAddress().getHostAddress())
                        .setPort(port.getLocalPort()));
        metadata.topics()
                .add(new MetadataResponseTopic()
                        .setName(TOPIC)
                        .setPartitions(List.of(new MetadataResponsePartition()
                                .setPartitionIndex(0)
                                .setLeaderId(0)
                                .setReplicaNodes(List.of(0))
                                .setIsrNodes(List.of(0)))));
        return metadata;
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
