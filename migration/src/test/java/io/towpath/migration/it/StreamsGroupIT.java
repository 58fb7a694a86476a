package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real application of Kafka Streams, under the protocol of streams groups. */
@Tag("trial-proof")
class StreamsGroupIT {

    private static final String APPLICATION = "orders-app";
    private static final int LAG = 150;

    /** A record by where it stood among the source's: its partition and its timestamp, which no two share. */
    private record Seen(int partition, long timestamp) {}

    @Test
    void aStreamsApplicationGoesOnExactlyAndItsOperatorIsToldToWipeItsState(@TempDir Path state) throws Exception {
        TwoClusters clusters = TwoClusters.shared();
        List<Seen> before;
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.topic("orders", 2, Map.of());
            dc1.plain("orders", 0, 0, 400);
            dc1.transactions("orders", 1, 45, 10);
            before = run(clusters.dc1.bootstrapServers(), state.resolve("dc1"), StreamsGroupIT::bothPartitionsBegun);
            assertIsStreamsGroup(clusters.dc1.bootstrapServers());
            dc1.plain("orders", 0, 400, LAG);
            dc1.plain("orders", 1, 2_000_000, LAG);
        }
        int all = 400 + 300 + 2 * LAG;
        String file = clusters.migration("orders", List.of("orders"), APPLICATION);
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mirror", "-f", file).exit()).isEqualTo(Exit.DONE);
        CommandRun translate = CommandRun.of("offsets", "translate", "-f", file, "--apply");
        assertThat(translate.lastLine())
                .as(translate.toString())
                .isEqualTo("offsets: 2 positions of 1 groups set and read back");
        assertThat(translate.out()).contains(APPLICATION + ": wipe the application's local state before it starts");

        List<Seen> after = run(
                clusters.dc2.bootstrapServers(),
                state.resolve("dc2"),
                seen -> seen.contains(new Seen(0, timestamp(400 + LAG - 1)))
                        && seen.contains(new Seen(1, timestamp(2_000_000 + LAG - 1))));
        assertThat(after).as("read again on the target").doesNotContainAnyElementsOf(before);
        assertThat(before.size() + after.size()).as("read on either side").isEqualTo(all);
    }

    private static boolean bothPartitionsBegun(List<Seen> seen) {
        return seen.stream().map(Seen::partition).distinct().count() == 2;
    }

    private static long timestamp(int number) {
        return Writer.record("orders", 0, number).timestamp();
    }

    /** Runs the application until it has seen enough, and stops it as an operator does; returns all that it has read. */
    private static List<Seen> run(String bootstrapServers, Path state, Predicate<List<Seen>> enough) {
        List<Seen> seen = new CopyOnWriteArrayList<>();
        StreamsBuilder topology = new StreamsBuilder();
        topology.stream("orders", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(() -> new ContextualProcessor<byte[], byte[], Void, Void>() {
                    @Override
                    public void process(Record<byte[], byte[]> record) {
                        int partition = context().recordMetadata().orElseThrow().partition();
                        seen.add(new Seen(partition, record.timestamp()));
                    }
                });
        Properties properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                APPLICATION,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                StreamsConfig.STATE_DIR_CONFIG,
                state.toString(),
                StreamsConfig.GROUP_PROTOCOL_CONFIG,
                "streams",
                StreamsConfig.consumerPrefix("isolation.level"),
                "read_committed",
                StreamsConfig.consumerPrefix("max.poll.records"),
                "50"));
        try (KafkaStreams streams = new KafkaStreams(topology.build(), properties)) {
            streams.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> enough.test(seen));
            assertThat(streams.close(Duration.ofMinutes(1))).as("stopped").isTrue();
        }
        return List.copyOf(seen);
    }

    private static void assertIsStreamsGroup(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            assertThat(admin.listGroups().all().get())
                    .anyMatch(group -> group.groupId().equals(APPLICATION)
                            && group.type().filter(GroupType.STREAMS::equals).isPresent());
        }
    }
}
