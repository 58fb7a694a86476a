package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaIT {

    @TempDir
    static Path directory;

    private static Stack stack;
    private static KafkaCluster cluster;

    @BeforeAll
    static void start() {
        stack = Stack.embedded(directory);
        cluster = stack.kafka("dc1", 1);
    }

    @AfterAll
    static void close() {
        stack.close();
        assertThat(stack.servers()).noneMatch(Server::alive);
    }

    @Test
    void aKilledBrokerComesBackOnItsPortWithItsRecords() throws Exception {
        Records records = new Records(cluster, "kept");
        records.createTopic((short) 1);
        records.write("before");
        Server broker = cluster.brokers().get(0);
        long firstLife = broker.pid();

        broker.kill();
        assertThat(broker.alive()).isFalse();
        broker.start();
        broker.awaitReady();

        records.write("after");
        assertThat(broker.pid()).isNotEqualTo(firstLife);
        assertThat(records.read()).containsExactly("before", "after");
    }

    @Test
    void aWorkerSeesItsPluginPathAndNothingOfOurBuild() throws Exception {
        Path empty = Files.createDirectories(directory.resolve("plugins"));
        ConnectWorker worker = stack.connect("worker", cluster, WorkerSettings.of(empty));

        String mirror = "org.apache.kafka.connect.mirror.Mirror";
        assertThat(pluginClasses(worker))
                .containsExactlyInAnyOrder(
                        mirror + "SourceConnector", mirror + "CheckpointConnector", mirror + "HeartbeatConnector");

        worker.kill();
        worker.start();
        worker.awaitReady();
        assertThat(pluginClasses(worker)).hasSize(3);
    }

    private static List<String> pluginClasses(ConnectWorker worker) throws IOException, InterruptedException {
        String json = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(worker.url().resolve("/connector-plugins"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return java.util.regex.Pattern.compile("\"class\":\"([^\"]+)\"")
                .matcher(json)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
