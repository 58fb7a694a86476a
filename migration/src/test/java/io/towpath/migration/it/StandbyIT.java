package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The flow {@code disaster-recovery} on real clusters: every byte stands by under the source's name, with positions to go
 * on from, and nothing is written to the source.
 */
@Tag("trial-mirror")
class StandbyIT {

    private static final int RECORDS = 500;
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    static Path folder;

    private static Stack stack;
    private static KafkaCluster dc1;
    private static KafkaCluster dc2;
    private static ConnectWorker worker;
    private static CommandRun applied;

    /** Both at once: MM2 looks at groups and positions every 30 to 60 seconds. */
    @BeforeAll
    static void start() throws Exception {
        stack = Stack.embedded(folder.resolve("servers"));
        CompletableFuture<KafkaCluster> first = CompletableFuture.supplyAsync(() -> stack.kafka("dc1", 1));
        dc2 = stack.kafka("dc2", 1);
        dc1 = first.join();
        fill("connected", "connected-group");
        fill("dedicated", "dedicated-group");
        worker = stack.connect("standby", dc2, WorkerSettings.of());
        stack.mirrorMaker("dedicated", read(render("dedicated", "--properties").out()));
        render("connected", "--out", folder.resolve("connectors").toString());
        String url = worker.url().toString();
        applied = CommandRun.of(
                "connect", "apply", "--url", url, folder.resolve("connectors").toString());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void asThreeConnectorsOnAWorker() throws Exception {
        assertThat(applied.exit()).as(applied.toString()).isEqualTo(Exit.DONE);
        assertThat(applied.out())
                .contains(
                        "connected-checkpoint: created, RUNNING, ",
                        "connected-heartbeat: created, RUNNING, ",
                        "connected-source: created, RUNNING, ");
        assertStandsBy("connected", "connected-group");
        assertThat(CommandRun.of("mm2", "lint", worker.url().toString()).out())
                .contains("offset-syncs.topic.replication.factor: 1 given") // one broker
                .contains("group-sync-at-switch")
                .contains("lint: 3 flows, 2 findings");
    }

    @Test
    void asOneProcessOfDedicatedMode() throws Exception {
        assertStandsBy("dedicated", "dedicated-group");
    }

    private static void fill(String topic, String group) throws Exception {
        try (Writer writer = new Writer(dc1.bootstrapServers())) {
            writer.topic(topic, 2, Map.of());
            writer.plain(topic, 0, 0, RECORDS);
            writer.transactions(topic, 1, 5, 10);
        }
        try (Admin admin = admin(dc1.bootstrapServers())) {
            admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(RECORDS)))
                    .all()
                    .get();
        }
    }

    /** The flow of the topic and the group of this name. */
    private static CommandRun render(String name, String... how) throws Exception {
        String file = Files.writeString(folder.resolve(name + ".yaml"), """
                name: %s
                source: {alias: dc1, bootstrap.servers: "%s"}
                target: {alias: dc2, bootstrap.servers: "%s"}
                flow: {sizing: latency, tasks: 2}
                topics: [%s]
                groups: [%s-group]
                """.formatted(
                                name, dc1.bootstrapServers(), dc2.bootstrapServers(), name, name))
                .toString();
        List<String> all = new ArrayList<>(List.of("mm2", "render", "-f", file, "--flow", "disaster-recovery"));
        all.addAll(List.of("--internal-replication", "1"));
        all.addAll(List.of(how));
        CommandRun render = CommandRun.of(all.toArray(String[]::new));
        assertThat(render.exit()).as(render.err()).isEqualTo(Exit.DONE);
        return render;
    }

    private static Map<String, String> read(String text) throws Exception {
        Properties read = new Properties();
        read.load(new StringReader(text));
        Map<String, String> keys = new HashMap<>();
        read.forEach((key, value) -> keys.put(key.toString(), value.toString()));
        return keys;
    }

    private static void assertStandsBy(String topic, String group) throws Exception {
        String remote = "dc1." + topic;
        await("every record").atMost(LONG).untilAsserted(() -> {
            assertThat(names(dc2.bootstrapServers())).contains(remote);
            assertThat(Contents.of(dc2.bootstrapServers(), remote))
                    .isEqualTo(Contents.of(dc1.bootstrapServers(), topic));
        });
        await("the group's position")
                .atMost(LONG)
                .untilAsserted(() -> assertThat(position(group, new TopicPartition(remote, 0)))
                        .as("not beyond what the group has read")
                        .isBetween(1L, (long) RECORDS));
        assertThat(names(dc2.bootstrapServers()))
                .contains("heartbeats", "dc1.checkpoints.internal", "mm2-offset-syncs.dc1.internal");
        assertThat(names(dc1.bootstrapServers()))
                .as("the source is only read")
                .noneMatch(name -> name.startsWith("mm2-") || name.endsWith(".internal") || name.equals("heartbeats"));
        try (Admin admin = admin(dc2.bootstrapServers())) {
            assertThat(admin.describeTopics(List.of(remote))
                            .allTopicNames()
                            .get()
                            .get(remote)
                            .partitions())
                    .hasSize(2);
        }
    }

    private static long position(String group, TopicPartition partition) throws Exception {
        try (Admin admin = admin(dc2.bootstrapServers())) {
            OffsetAndMetadata position = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            return position == null ? -1 : position.offset();
        }
    }

    private static Set<String> names(String cluster) throws Exception {
        try (Admin admin = admin(cluster)) {
            return admin.listTopics().names().get();
        }
    }

    private static Admin admin(String cluster) {
        return Admin.create(Map.of("bootstrap.servers", cluster));
    }
}
