package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.connect.ConnectRest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is not as it must be is said in words, before or instead of a switch. */
class PreconditionsIT {

    private static final String TOPIC = "unready";
    private static final Duration LIMIT = Duration.ofSeconds(60);

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
    void activeGroupsAFlowThatRestsOrIsBehindAnOpenTransactionAndDriftAreSaid() throws Exception {
        try (Writer writer = new Writer(one)) {
            writer.topic(TOPIC, 1, Map.of());
        }
        new Traffic(TOPIC, 1, 5).write(one, 40);
        new Readers(TOPIC, 5).commit(one, "unready-group", 4);
        String file = clusters.migrationWith(SwitchIT.QUICK, TOPIC, List.of("/unready.*/"), "unready-group");
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));

        whileAMemberReads(
                () -> assertRefused(file, "groups are active; stop their members: unready-group has members on dc1"));
        ConnectRest rest = new ConnectRest(clusters.worker.url());
        rest.pause("unready-forward");
        await().atMost(LIMIT)
                .until(() -> rest.status("unready-forward").orElseThrow().rests());
        assertRefused(file, "flow unready-forward is PAUSED");
        rest.resume("unready-forward");
        rest.awaitRunning("unready-forward", LIMIT);
        whileATransactionIsOpen(
                () -> assertRefused(file, "dc1 does not stand still", "unready-0: a transaction is open at"));

        whileTheFlowCarriesNothing(
                rest,
                () -> assertRefused(
                        file,
                        "verify: MISMATCH in 5 records",
                        "not in switch.accept: flow unready-forward is behind, or has lost them: dc2 lacks the last 5"
                                + " records of unready-0; lost unready-0, source "));

        changeTheSource();
        assertRefused(
                file,
                "unready-late of dc1 is not in the plan, and would be left behind; towpath plan --apply --accept-drift",
                "unready has not as many partitions on dc1 as on dc2; towpath plan --apply --accept-drift mends it",
                "unready: max.message.bytes is 2000000 on dc1 and 1048588 on dc2; towpath plan --apply mends it, or"
                        + " switch.accept: [config-drift]");
        assertDone(CommandRun.of("plan", "-f", file, "--apply", "--accept-drift"));
        assertDone(CommandRun.of("mirror", "-f", file));
        assertDone(CommandRun.of("cutover", "-f", file));
    }

    /** Its connector runs, and copies another topic. */
    private static void whileTheFlowCarriesNothing(ConnectRest rest, Runnable then) throws Exception {
        for (String cluster : List.of(one, clusters.dc2.bootstrapServers())) {
            try (Writer writer = new Writer(cluster)) {
                writer.topic("elsewhere", 1, Map.of());
            }
        }
        Map<String, String> config = rest.config("unready-forward").orElseThrow();
        Map<String, String> other = new HashMap<>(config);
        other.put("topics", "elsewhere");
        rest.replace("unready-forward", other, LIMIT);
        rest.awaitRunning("unready-forward", LIMIT);
        try (Writer writer = new Writer(one)) {
            writer.plain(TOPIC, 0, 0, 5);
        }
        then.run();
        rest.replace("unready-forward", config, LIMIT);
        rest.awaitRunning("unready-forward", LIMIT);
    }

    /** A topic, a partition and a setting that the plan knew nothing of. */
    private static void changeTheSource() throws Exception {
        try (Writer writer = new Writer(one)) {
            writer.topic("unready-late", 1, Map.of());
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", one))) {
            admin.createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(2)))
                    .all()
                    .get();
            AlterConfigOp larger =
                    new AlterConfigOp(new ConfigEntry("max.message.bytes", "2000000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, TOPIC), List.of(larger)))
                    .all()
                    .get();
        }
    }

    private static void whileAMemberReads(Runnable then) {
        Map<String, Object> properties = Map.of("bootstrap.servers", one, "group.id", "unready-group");
        try (KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            member.subscribe(List.of(TOPIC));
            await().atMost(LIMIT).until(() -> {
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
