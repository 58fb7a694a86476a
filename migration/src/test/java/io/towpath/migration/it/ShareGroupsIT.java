package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real share groups: exact where all before the start and nothing after it is acknowledged, refused otherwise. */
class ShareGroupsIT {

    private static final int RECORDS = 60;
    private static final TopicPartition SHARED = new TopicPartition("shared", 0);

    private static TwoClusters clusters;
    private static Shelf source;
    private static Shelf target;

    @BeforeAll
    static void mirror() throws Exception {
        clusters = TwoClusters.shared();
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.topic("shared", 1, Map.of());
            for (int i = 0; i < RECORDS; i++) {
                dc1.send(Writer.record("shared", 0, i));
            }
        }
        String file = clusters.migration("shared", List.of("shared"));
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mirror", "-f", file).exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("verify", "-f", file).lastLine()).startsWith("verify: Match");
        source = Shelf.of(clusters.dc1.bootstrapServers(), SHARED);
        target = Shelf.of(clusters.dc2.bootstrapServers(), SHARED);
    }

    @Test
    void aShareGroupThatAcknowledgedInOrderGoesOnExactly() throws Exception {
        List<Long> taken = take("in-order", Set.of());
        String file = clusters.migration("in-order", List.of("shared"), "in-order");
        CommandRun run = CommandRun.of("offsets", "translate", "-f", file, "--apply");
        assertThat(run.lastLine()).as(run.toString()).isEqualTo("offsets: 1 positions of 1 groups set and read back");
        assertThat(run.out()).doesNotContain("come again");
        long next = taken.get(taken.size() - 1) + 1;
        assertThat(target.next(start("in-order"))).isEqualTo(source.next(next));
        assertThat(firstOf("in-order")).isEqualTo(source.next(next));
    }

    @Test
    void aShareGroupThatAcknowledgedOutOfOrderIsRefusedOrRepeatsAsManyAsItSays() throws Exception {
        List<Long> taken = take("out-of-order", Set.of(2, 4));
        int repeated = taken.size() - 2 - 2; // those acknowledged before the first one left do not come again
        String file = clusters.migration("out-of-order", List.of("shared"), "out-of-order");
        CommandRun refused = CommandRun.of("offsets", "translate", "-f", file, "--apply");
        assertThat(refused.exit()).isEqualTo(Exit.DIFFER);
        assertThat(refused.out())
                .contains("REFUSED out-of-order shared-0: " + repeated
                        + " records beyond its start are acknowledged, and only the start can be set");
        CommandRun accepted =
                CommandRun.of("offsets", "translate", "-f", file, "--apply", "--accept", "share-redelivery");
        assertThat(accepted.exit()).as(accepted.toString()).isEqualTo(Exit.DONE);
        assertThat(accepted.out()).contains(repeated + " records come again");
        assertThat(target.next(start("out-of-order"))).isEqualTo(source.next(taken.get(2)));
    }

    /**
     * Takes some records and acknowledges all but those at the places {@code left}. What else was fetched is given back at
     * the end: only then does the broker show a start beyond the records that were acknowledged.
     */
    private static List<Long> take(String group, Set<Integer> left) throws Exception {
        earliest(clusters.dc1.bootstrapServers(), group);
        List<Long> taken = new ArrayList<>();
        try (KafkaShareConsumer<byte[], byte[]> consumer = consumer(clusters.dc1.bootstrapServers(), group)) {
            while (taken.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    boolean accept = !left.contains(taken.size());
                    consumer.acknowledge(record, accept ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
                    taken.add(record.offset());
                }
            }
            assertThat(consumer.commitSync().values()).allMatch(failure -> failure.isEmpty());
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !consumer.poll(Duration.ofMillis(500)).isEmpty());
        }
        return taken;
    }

    private static int firstOf(String group) {
        try (KafkaShareConsumer<byte[], byte[]> consumer = consumer(clusters.dc2.bootstrapServers(), group)) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    return Shelf.hash(record);
                }
            }
        }
    }

    private static long start(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", clusters.dc2.bootstrapServers()))) {
            return admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(group)
                    .get()
                    .get(SHARED)
                    .startOffset();
        }
    }

    private static void earliest(String cluster, String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster))) {
            AlterConfigOp read =
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
            AlterConfigOp committed = new AlterConfigOp(
                    new ConfigEntry("share.isolation.level", "read_committed"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(read, committed)))
                    .all()
                    .get();
        }
    }

    private static KafkaShareConsumer<byte[], byte[]> consumer(String cluster, String group) {
        KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster,
                        "group.id",
                        group,
                        "share.acknowledgement.mode",
                        "explicit",
                        "max.poll.records",
                        12),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of("shared"));
        return consumer;
    }
}
