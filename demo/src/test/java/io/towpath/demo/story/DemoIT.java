package io.towpath.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.Stack;
import io.towpath.migration.connect.ConnectRest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The whole story on one stack: broken on purpose, mended, and broken again where only the proof can see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {

    private static final Workload.Size SIZE = new Workload.Size(8, 60, 7);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private Stack stack;
    private TwoClusters servers;
    private Story story;

    @BeforeAll
    void startTheServersAndConnectThem() throws Exception {
        stack = Stack.embedded(directory);
        servers = TwoClusters.start(stack, name -> {});
        story = new Story(servers, directory, new Progress(System.out));
        story.connect();
    }

    @AfterAll
    void stopThem() {
        if (story != null) {
            story.close();
        }
        stack.close();
    }

    @Test
    @Order(1)
    void aStoppedSinkFailsTheDemoAndTheMissingRowsAreNamed() throws Exception {
        ConnectRest rest = new ConnectRest(servers.applications().url());
        rest.stop("warehouse");
        rest.awaitStopped("warehouse", Duration.ofSeconds(30));

        story.work(SIZE);
        servers.applications().awaitReady();
        Outcome outcome = story.judge(Duration.ofSeconds(20));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.lastLine())
                .startsWith("demo: FAIL warehouse: rows: ")
                .contains("missing: ")
                .doesNotContain("dc1");
        rest.resume("warehouse");
    }

    @Test
    @Order(2)
    void onceTheSinkRunsAgainEveryStationHoldsEveryChangeExactlyOnce() throws Exception {
        Outcome outcome = story.judge(Duration.ofSeconds(60));

        assertThat(outcome.lastLine()).isEqualTo("demo: PASS");
        assertThat(outcome.changes().told()).isGreaterThan(500);
        assertThat(outcome.changes().withheld()).isPositive();
        assertThat(outcome.changes().erased()).isPositive();
        assertThat(outcome.changes().kept()).isLessThan(outcome.changes().told());
    }

    @Test
    @Order(3)
    void aForeignRecordOnTheTargetIsNamedByPartitionAndOffset() throws Exception {
        RecordMetadata foreign = writeToTarget(2);

        TowpathCommand verify =
                TowpathCommand.run("verify", "-f", story.migration().toString());

        assertThat(verify.exitCode()).isEqualTo(2);
        assertThat(verify.output()).containsPattern("foreign.*activity-2.*\\b" + foreign.offset() + "\\b");
        assertThat(story.judge(Duration.ofSeconds(5)).lastLine())
                .startsWith("demo: FAIL dc2: mirrored records: 1 foreign");
    }

    private RecordMetadata writeToTarget(int partition) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.dc2().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
            return producer.send(new ProducerRecord<byte[], byte[]>(Story.TOPIC, partition, null, value))
                    .get();
        }
    }
}
