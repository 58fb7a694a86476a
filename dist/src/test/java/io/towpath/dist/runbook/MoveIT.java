package io.towpath.dist.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.dist.Archives;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.Topics;
import io.towpath.local.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runbooks of a move, typed as they stand: there, back, there again for good; and away from ZooKeeper. */
class MoveIT {

    private static final int RECORDS = 500;
    private static final int LEFT_TO_READ = 40;

    @TempDir
    private Path directory;

    private Stack stack;
    private KafkaCluster target;
    private Typist typist;

    @BeforeEach
    void start() {
        stack = Stack.embedded(directory.resolve("stack"));
        target = stack.kafka("new", 1);
        typist = new Typist(Typist.folder(directory, "operator"));
        typist.path(Archives.unpack(Archives.job(), directory).resolve("bin"))
                .name("TARGET", target.bootstrapServers())
                .name("DELIVERY_TIMEOUT", "10s")
                .name(
                        "FLOWS",
                        stack.connect("mirror", target, WorkerSettings.of()).url());
    }

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    void thereAndBackAndThereForGood() throws Exception {
        KafkaCluster source = stack.kafka("old", 1);
        write(source);
        typist.name("SOURCE", source.bootstrapServers());
        typist.follow("migrate");
        typist.follow("cutover-and-rollback");
        assertMoved();
    }

    @Test
    void awayFromZookeeper() throws Exception {
        KafkaCluster source = stack.zookeeperKafka("zk", 1, Map.of());
        write(source);
        typist.name("SOURCE", source.bootstrapServers());
        typist.follow("zookeeper-to-kraft");
        assertMoved();
    }

    private static void write(KafkaCluster source) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", source.bootstrapServers());
        try (Admin admin = Admin.create(config);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            Topics.create(config, "orders", 1);
            Topics.create(config, "customers", 1);
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                sent.add(producer.send(new ProducerRecord<>("orders", "k" + i % 7, "order " + i)));
                sent.add(producer.send(new ProducerRecord<>("customers", "k" + i % 7, "customer " + i)));
            }
            for (Future<?> one : sent) {
                one.get(1, TimeUnit.MINUTES);
            }
            admin.alterConsumerGroupOffsets(
                            "billing",
                            Map.of(new TopicPartition("orders", 0), new OffsetAndMetadata(RECORDS - LEFT_TO_READ)))
                    .all()
                    .get(1, TimeUnit.MINUTES);
        }
    }

    /** Invariant: every record is on the target once, in order, and the group goes on with its first uncommitted one. */
    private void assertMoved() {
        TopicPartition orders = new TopicPartition("orders", 0);
        Map<String, Object> config = Map.of(
                "bootstrap.servers", target.bootstrapServers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "group.id", "billing");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(orders));
            assertThat(read(consumer, LEFT_TO_READ)).isEqualTo(wanted(RECORDS - LEFT_TO_READ));
            consumer.seekToBeginning(List.of(orders));
            assertThat(read(consumer, RECORDS)).isEqualTo(wanted(0));
        }
    }

    private static List<String> wanted(int from) {
        return Stream.iterate(from, i -> i < RECORDS, i -> i + 1)
                .map(i -> "order " + i)
                .toList();
    }

    /** Reads so many, and whatever else is there. */
    private static List<String> read(KafkaConsumer<String, String> consumer, int records) {
        List<String> read = new ArrayList<>();
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(record.value()));
            assertThat(read).hasSizeGreaterThanOrEqualTo(records);
        });
        consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(record.value()));
        return read;
    }
}
