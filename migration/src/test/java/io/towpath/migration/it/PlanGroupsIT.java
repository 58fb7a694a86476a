package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.migration.cli.CommandRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of group that a 4.3 cluster has, with real members: the plan tells its state, its lag and who is in it. */
@Tag("trial-mirror")
class PlanGroupsIT {

    private static final int RECORDS = 30;
    private static final Duration LONG = Duration.ofMinutes(2);

    private static TwoClusters clusters;
    private static String file;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        clusters = TwoClusters.shared();
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.topic("grouped", 1, Map.of());
            for (int i = 0; i < RECORDS; i++) {
                dc1.send(Writer.record("grouped", 0, i));
            }
        }
        file = clusters.migration("grouped", List.of("grouped"));
    }

    @Test
    void aGroupOfEitherConsumerProtocol() {
        for (String protocol : List.of("classic", "consumer")) {
            String group = "readers-" + protocol;
            Map<String, Object> config = client(group);
            config.putAll(Map.of("group.protocol", protocol, "auto.offset.reset", "earliest", "max.poll.records", 10));
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of("grouped"));
                await().atMost(LONG)
                        .until(() -> consumer.poll(Duration.ofMillis(500)).count() == 10);
                consumer.commitSync();
                assertTold(
                        group, protocol + ", stable, lag 20 on [grouped], members " + group + "-client at /127.0.0.1");
            }
            assertTold(group, protocol + ", empty, lag 20 on [grouped], no members");
        }
    }

    @Test
    void aShareGroup() throws Exception {
        readFromTheStart("sharers");
        try (KafkaShareConsumer<byte[], byte[]> consumer =
                new KafkaShareConsumer<>(client("sharers"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("grouped"));
            AtomicInteger taken = new AtomicInteger();
            await().atMost(LONG)
                    .until(() -> taken.addAndGet(
                                    consumer.poll(Duration.ofMillis(500)).count())
                            >= RECORDS);
            assertThat(consumer.commitSync().values()).allMatch(failure -> failure.isEmpty());
            assertTold("sharers", "share, stable, lag 0 on [grouped], members sharers-client at /127.0.0.1");
        }
        assertTold("sharers", "share, empty, lag 0 on [grouped], no members");
    }

    @Test
    void aStreamsGroupAndItsApplicationByTheInternalTopics() throws Exception {
        StreamsBuilder builder = new StreamsBuilder();
        builder.<byte[], byte[]>stream("grouped")
                .groupBy((key, value) -> new byte[] {1})
                .count(Materialized.as(Stores.inMemoryKeyValueStore("counts")));
        Properties config = new Properties();
        config.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "counter",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                clusters.dc1.bootstrapServers(),
                StreamsConfig.GROUP_PROTOCOL_CONFIG,
                "streams",
                StreamsConfig.STATE_DIR_CONFIG,
                folder.toString(),
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                200,
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest",
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
                Serdes.ByteArraySerde.class,
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                Serdes.ByteArraySerde.class));
        try (KafkaStreams streams = new KafkaStreams(builder.build(), config)) {
            streams.start();
            await("the group to have read all")
                    .atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(about("counter"))
                                    .startsWith(
                                            "streams, stable, lag 0 on [counter-counts-repartition, grouped], members counter-"));
        }
        assertThat(CommandRun.of("plan", "-f", file).out())
                .contains("streams application counter: internal topics [counter-counts-changelog,"
                        + " counter-counts-repartition]");
    }

    private static void assertTold(String group, String about) {
        await(group).atMost(LONG).untilAsserted(() -> assertThat(about(group)).isEqualTo(about));
    }

    /** What the plan knows of a group that must move. */
    private static String about(String group) throws Exception {
        CommandRun plan = CommandRun.of("plan", "-f", file, "--json");
        for (JsonNode mover : new ObjectMapper().readTree(plan.out()).path("whoMustMove")) {
            if (mover.path("kind").asText().equals("group")
                    && mover.path("name").asText().equals(group)) {
                return mover.path("about").asText();
            }
        }
        return "not among those who must move";
    }

    private static Map<String, Object> client(String group) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                clusters.dc1.bootstrapServers(),
                "group.id",
                group,
                "client.id",
                group + "-client"));
    }

    private static void readFromTheStart(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", clusters.dc1.bootstrapServers()))) {
            AlterConfigOp earliest =
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(earliest)))
                    .all()
                    .get();
        }
    }
}
