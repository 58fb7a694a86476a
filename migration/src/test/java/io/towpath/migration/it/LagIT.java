package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Groups of a real broker: which keep up, which are stuck, which are gone. */
class LagIT {

    private static final TopicPartition PLAIN = new TopicPartition("lagging", 0);
    private static final TopicPartition TRANSACTIONAL = new TopicPartition("lagging", 1);

    private static String dc1;
    private static Writer writer;

    @BeforeAll
    static void write() throws Exception {
        dc1 = TwoClusters.shared().dc1.bootstrapServers();
        writer = new Writer(dc1);
        writer.topic("lagging", 2, Map.of());
        writer.plain("lagging", 0, 0, 100);
        writer.transactions("lagging", 1, 3, 10);
    }

    @AfterAll
    static void stop() {
        writer.close();
    }

    @Test
    void aGroupThatHasReadEveryRecordIsOkAlthoughMarkersAreLeft() throws Exception {
        long last = OtherChecks.read(dc1, "lagging").stream()
                .filter(record -> record.partition() == 1)
                .mapToLong(record -> record.offset())
                .max()
                .orElseThrow();
        commit("lag-done", Map.of(PLAIN, 100L, TRANSACTIONAL, last + 1));
        CommandRun run = lag("lag-done");
        long left = end(TRANSACTIONAL) - (last + 1); // markers, and the records of what was aborted
        assertThat(left).isPositive();
        assertThat(run.out())
                .contains("OK       lag-done lagging-1: committed " + (last + 1) + ", " + left + " to go, keeps up");
        assertThat(run.lastLine()).isEqualTo("lag: 2 partitions, 0 stalled or stopped");
        assertThat(run.exit()).isEqualTo(Exit.DONE);
    }

    @Test
    void aGroupWithoutMembersAndWithRecordsWaitingIsStopped() throws Exception {
        commit("lag-gone", Map.of(PLAIN, 40L));
        CommandRun run = lag("lag-gone");
        assertThat(run.out()).contains("STOPPED  lag-gone lagging-0: committed 40, 60 to go");
        assertThat(run.exit()).isEqualTo(Exit.DIFFER);
    }

    @Test
    void aMemberThatCommitsNothingIsStalled() throws Exception {
        commit("lag-stuck", Map.of(PLAIN, 40L));
        try (KafkaConsumer<byte[], byte[]> member = member("lag-stuck")) {
            member.subscribe(List.of("lagging"));
            while (member.assignment().isEmpty()) {
                assertThat(member.poll(Duration.ofMillis(200))).isNotNull();
            }
            CommandRun run = lag("lag-stuck");
            assertThat(run.out()).contains("STALLED  lag-stuck lagging-0: committed 40, 60 to go");
            assertThat(run.exit()).isEqualTo(Exit.DIFFER);
        }
    }

    @Test
    void oneLookIsRefused() {
        CommandRun run = CommandRun.of("lag", "--bootstrap-server", dc1, "--looks", "1");
        assertThat(run.exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(run.err()).contains("--looks: 1 given; wanted: at least 2");
    }

    private static CommandRun lag(String group) {
        return CommandRun.of("lag", "--bootstrap-server", dc1, "--group", group, "--every", "0.3", "--looks", "3");
    }

    private static void commit(String group, Map<TopicPartition, Long> offsets) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> committed.put(partition, new OffsetAndMetadata(offset)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", dc1))) {
            admin.alterConsumerGroupOffsets(group, committed).all().get();
        }
    }

    private static long end(TopicPartition partition) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", dc1))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    private static KafkaConsumer<byte[], byte[]> member(String group) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", dc1, "group.id", group, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
