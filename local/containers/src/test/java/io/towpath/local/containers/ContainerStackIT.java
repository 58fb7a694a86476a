package io.towpath.local.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Part;
import io.towpath.local.PostgresServer;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.Topics;
import io.towpath.local.Tuning;
import io.towpath.local.WorkerSettings;
import io.towpath.local.process.Probe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** What {@link Stack} promises, kept by containers. */
class ContainerStackIT {

    @TempDir
    static Path directory;

    @BeforeAll
    static void engine() {
        // The one thing that the build may lack: it is told, and nothing is claimed.
        Assumptions.assumeTrue(Part.isHereOrTold(
                DockerClientFactory.instance().isDockerAvailable(),
                "no container engine; the stack in containers is not tested"));
    }

    @Test
    void threeBrokersGoOnWithoutOneAndAKilledOneComesBackOnItsPort() throws Exception {
        List<Server> servers;
        try (Stack stack = open("brokers")) {
            KafkaCluster cluster = stack.kafka("dc1", 3);
            Map<String, Object> client = Map.of("bootstrap.servers", cluster.bootstrapServers());
            Topics.create(client, List.of(new NewTopic("kept", 1, (short) 3)));
            write(cluster, "before");
            Server broker = cluster.brokers().get(2);
            broker.kill();
            assertThat(broker.alive()).isFalse();
            write(cluster, "meanwhile");
            broker.start();
            broker.awaitReady();
            broker.pause();
            assertThat(broker.alive()).isTrue();
            broker.resume();
            broker.awaitReady();
            write(cluster, "after");
            assertThat(read(cluster)).containsExactly("before", "meanwhile", "after");
            assertThat(broker.log()).content().contains("Kafka Server started");
            servers = stack.servers();
        }
        assertThat(servers).hasSize(3).noneMatch(Server::alive);
    }

    @Test
    void aWorkerServesAndComesBack() throws Exception {
        try (Stack stack = open("worker")) {
            KafkaCluster cluster = stack.kafka("dc1", 1);
            Path plugins = Files.createDirectories(directory.resolve("plugins"));
            var worker = stack.connect("worker", cluster, WorkerSettings.of(plugins));
            assertThat(Probe.answers(worker.url().resolve("/connector-plugins")))
                    .isTrue();
            worker.kill();
            assertThat(Probe.answers(worker.url().resolve("/connector-plugins")))
                    .isFalse();
            worker.start();
            worker.awaitReady();
        }
    }

    @Test
    void aKilledDatabaseKeepsWhatWasCommitted() throws Exception {
        try (Stack stack = open("database")) {
            PostgresServer server = stack.postgres("pg");
            server.createDatabase("shop");
            run(server, "CREATE TABLE t AS SELECT 'committed' AS v");
            server.kill();
            server.start();
            server.awaitReady();
            assertThat(run(server, "SELECT v FROM t")).isEqualTo("committed");
            assertThat(run(server, "SHOW wal_level")).isEqualTo("logical");
        }
    }

    private static Stack open(String name) throws Exception {
        return new ContainerStacks().open(Files.createDirectories(directory.resolve(name)), Tuning.QUICK_START);
    }

    private static void write(KafkaCluster cluster, String value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept", value)).get(60, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(KafkaCluster cluster) {
        TopicPartition only = new TopicPartition("kept", 0);
        Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).get(only);
            List<String> read = new ArrayList<>();
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(record.value()));
            }
            return read;
        }
    }

    private static String run(PostgresServer server, String sql) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl("shop"), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }
}
