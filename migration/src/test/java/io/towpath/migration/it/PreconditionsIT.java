package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.connect.ConnectRest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is not as it must be is said in words, before or instead of a switch. */
class PreconditionsIT {

    private static final String TOPIC = "unready";

    private static TwoClusters clusters;
    private static String one;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
        one = clusters.dc1.bootstrapServers();
    }

    private static void assertRefused(String file, String... words) {
        CommandRun refused = CommandRun.of("cutover", "-f", file, "--timeout", "10");
        assertThat(refused.exit()).as(refused.err()).isEqualTo(Exit.DIFFER);
        assertThat(refused.err()).contains(words);
        assertThat(CommandRun.of("status", "-f", file).lastLine()).startsWith("next: towpath cutover");
    }

    @Test
    void activeGroupsAFlowThatRestsAnOpenTransactionAndDriftAreSaid() throws Exception {
        try (Writer writer = new Writer(one)) {
            writer.topic(TOPIC, 1, Map.of());
        }
        new Traffic(TOPIC, 1, 5).write(one, 40);
        new Readers(TOPIC, 5).commit(one, "unready-group", 4);
        String file = clusters.migrationWith(SwitchIT.QUICK, TOPIC, List.of(TOPIC), "unready-group");
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));

        whileAMemberReads(
                () -> assertRefused(file, "groups are active; stop their members: unready-group has members on dc1"));
        ConnectRest rest = new ConnectRest(clusters.worker.url());
        rest.pause("unready-forward");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rest.status("unready-forward").orElseThrow().rests());
        assertRefused(file, "flow unready-forward is PAUSED");
        rest.resume("unready-forward");
        rest.awaitRunning("unready-forward", Duration.ofSeconds(60));
        whileATransactionIsOpen(
                () -> assertRefused(file, "dc1 does not stand still", "unready-0: a transaction is open at"));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", one))) {
            admin.createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(2)))
                    .all()
                    .get();
        }
        assertRefused(file, "unready has not as many partitions on dc1 as on dc2; towpath plan names it");
    }

    private static void whileAMemberReads(Runnable then) {
        Map<String, Object> properties = Map.of("bootstrap.servers", one, "group.id", "unready-group");
        try (KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            member.subscribe(List.of(TOPIC));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                member.poll(Duration.ofMillis(200));
                return !member.assignment().isEmpty();
            });
            then.run();
        }
    }

    private static void whileATransactionIsOpen(Runnable then) throws Exception {
        try (Writer writer = new Writer(one);
                KafkaProducer<byte[], byte[]> producer = writer.transactional("unready-writer")) {
            producer.initTransactions();
            producer.beginTransaction();
            assertThat(producer.send(new ProducerRecord<>(TOPIC, "open".getBytes(UTF_8)))
                            .get()
                            .hasOffset())
                    .isTrue();
            then.run();
            producer.abortTransaction();
        }
    }
}
