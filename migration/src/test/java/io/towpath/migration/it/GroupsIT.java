package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups go on at the target with the first record that they have not read, at any lag. */
class GroupsIT {

    private static final List<Integer> LAGS = List.of(0, 1, 100, 1900);
    private static final TopicPartition PLAIN = new TopicPartition("positions", 0);
    private static final TopicPartition TRANSACTIONAL = new TopicPartition("positions", 1);

    private static TwoClusters clusters;
    private static Writer dc1;
    private static String file;

    @BeforeAll
    static void mirror() throws Exception {
        clusters = TwoClusters.shared();
        dc1 = new Writer(clusters.dc1.bootstrapServers());
        dc1.topic("positions", 2, Map.of());
        dc1.plain("positions", 0, 0, 2000);
        dc1.transactions("positions", 1, 300, 10);
        file = clusters.migration("positions", List.of("positions"), "lag-0", "lag-1", "lag-100", "lag-1900");
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mirror", "-f", file).exit()).isEqualTo(Exit.DONE);
        for (int lag : LAGS) {
            commit("lag-" + lag, lag);
        }
    }

    @AfterAll
    static void stop() {
        dc1.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void theNextRecordReadIsTheFirstOneNotCommittedAtEveryLag(String protocol) throws Exception {
        CommandRun run = CommandRun.of("offsets", "translate", "-f", file, "--apply");
        assertThat(run.lastLine())
                .as(run.out() + run.err())
                .isEqualTo("offsets: 8 positions of 4 groups set and read back");
        for (int lag : LAGS) {
            String group = "lag-" + lag;
            for (TopicPartition partition : List.of(PLAIN, TRANSACTIONAL)) {
                String wanted = next(clusters.dc1.bootstrapServers(), group, partition, "classic");
                String read = next(clusters.dc2.bootstrapServers(), group, partition, protocol);
                assertThat(read).as("%s of %s", partition, group).isEqualTo(wanted);
            }
            try (Admin admin = admin(clusters.dc2.bootstrapServers())) {
                assertThat(admin.listConsumerGroupOffsets(group)
                                .partitionsToOffsetAndMetadata()
                                .get()
                                .get(PLAIN)
                                .metadata())
                        .isEqualTo("by " + group);
            }
        }
    }

    @Test
    void aGroupWithMembersIsRefusedAndNothingIsSet() throws Exception {
        String busy = clusters.migration("busy", List.of("positions"), "lag-0");
        try (KafkaConsumer<byte[], byte[]> member = consumer(clusters.dc1.bootstrapServers(), "lag-0", "classic")) {
            member.subscribe(List.of("positions"));
            while (member.assignment().isEmpty()) {
                assertThat(member.poll(Duration.ofMillis(200))).isNotNull();
            }
            CommandRun run = CommandRun.of("offsets", "translate", "-f", busy, "--apply");
            assertThat(run.out()).contains("REFUSED lag-0: it has members on the source; stop them first");
            assertThat(run.lastLine()).startsWith("offsets: nothing set");
            assertThat(run.exit()).isEqualTo(Exit.DIFFER);
        }
    }

    @Test
    void theMapIsPrintedRunByRun() {
        CommandRun run = CommandRun.of("offsets", "map", "-f", file);
        assertThat(run.exit()).isEqualTo(Exit.DONE);
        assertThat(run.out().lines()).first().isEqualTo("topic,partition,source,target,length");
        assertThat(run.out()).contains("\npositions,0,0,0,").contains("\npositions,1,0,0,");
    }

    /** Commits {@code lag} records before the last one, as an application does that read so far. */
    private static void commit(String group, int lag) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition partition : List.of(PLAIN, TRANSACTIONAL)) {
            List<ConsumerRecord<byte[], byte[]>> records = read(clusters.dc1.bootstrapServers(), partition);
            int read = records.size() - lag;
            long offset = lag == 0
                    ? records.get(records.size() - 1).offset() + 1
                    : records.get(read).offset();
            positions.put(partition, new OffsetAndMetadata(offset, "by " + group));
        }
        try (Admin admin = admin(clusters.dc1.bootstrapServers())) {
            admin.alterConsumerGroupOffsets(group, positions).all().get();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, TopicPartition partition) {
        return OtherChecks.read(bootstrapServers, partition.topic()).stream()
                .filter(r -> r.partition() == partition.partition())
                .toList();
    }

    /** The content of the next record of that group; "end" when there is none. */
    private static String next(String bootstrapServers, String group, TopicPartition partition, String protocol) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, group, protocol)) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    return record.timestamp() + " " + Arrays.toString(record.value());
                }
            }
            return "end";
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, String group, String protocol) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("group.id", group);
        properties.put("group.protocol", protocol);
        properties.put("enable.auto.commit", false);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "none");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }
}
