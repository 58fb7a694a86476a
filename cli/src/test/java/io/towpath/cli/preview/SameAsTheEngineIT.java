package io.towpath.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.activity.Activity;
import io.towpath.activity.ActivitySchema;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.Stack;
import io.towpath.local.TrialSize;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.connect.ConnectRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Capture, whose worker is killed under load, against Debezium's engine, which reads the same logs undisturbed. */
@Tag("trial-capture")
class SameAsTheEngineIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final TrialSize SIZE = TrialSize.current();
    private static final long SEED = SIZE.seed(77);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Activity> captured = new ArrayList<>();

    @Test
    void whatAReaderOfTheTopicSeesIsWhatTheEngineReadsInTheSameOrderThoughTheWorkerIsKilled() throws Exception {
        try (Stack stack = Stack.embedded(Files.createTempDirectory(Path.of("target"), "stack"))) {
            KafkaCluster kafka = stack.kafka("dc1", 1);
            Shop shop = Shop.create("shop", stack.postgres("pg"));
            Shop branch = Shop.create("branch", stack.mariadb("maria"));
            ConnectWorker worker = stack.connect("worker", kafka, WorkerSettings.of(Plugins.capture()));
            Map<String, String> config = config(kafka, shop, branch);
            try (KafkaConsumer<String, String> topic = reader(kafka)) {
                compare(worker, config, topic, List.of(shop, branch));
            }
        }
    }

    private void compare(
            ConnectWorker worker, Map<String, String> config, KafkaConsumer<String, String> topic, List<Shop> shops)
            throws Exception {
        ConnectRest rest = new ConnectRest(worker.url());
        rest.put("acts", config);
        rest.awaitRunning("acts", LIMIT);
        await().atMost(LIMIT).until(() -> rest.offsets("acts").size() == shops.size());
        CaptureConfig parsed = CaptureConfig.parse(config);
        List<Activity> read = new CopyOnWriteArrayList<>();
        List<EngineReader> engines = new ArrayList<>();
        try {
            for (int i = 0; i < shops.size(); i++) {
                engines.add(new EngineReader(
                        parsed, parsed.databases().get(i), "engine_" + i, change -> read.addAll(change.activities())));
            }
            for (EngineReader engine : engines) {
                engine.awaitReading(LIMIT);
            }
            long expected = loadWithKills(worker, rest, shops);
            await().atMost(LIMIT).until(() -> read.size() >= expected);
            await().atMost(LIMIT).until(() -> poll(topic) >= expected);
            assertThat(engines).allMatch(engine -> engine.failure().isEmpty());
        } finally {
            for (EngineReader engine : engines) {
                engine.close();
            }
        }
        poll(topic);
        for (Shop shop : shops) {
            assertSame(of(shop, captured), of(shop, read));
        }
        TrialSize.figure("capture and the engine: activities that are the same, seed " + SEED, captured.size());
    }

    /** How many activities the load asks for. */
    private static long loadWithKills(ConnectWorker worker, ConnectRest rest, List<Shop> shops) throws Exception {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < shops.size(); i++) {
            Thread client = new Thread(shops.get(i).load(SEED + i, SIZE.of(150, 1_500)));
            client.start();
            clients.add(client);
        }
        Random random = new Random(SEED);
        for (int kill = 0; kill < SIZE.rounds(1, 10); kill++) {
            TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(2_000)); // the moment of the kill decides nothing
            worker.kill();
            worker.start();
            worker.awaitReady();
            rest.awaitRunning("acts", LIMIT);
        }
        for (Thread client : clients) {
            client.join();
        }
        return shops.stream().mapToLong(Shop::activities).sum();
    }

    /** Ids, times, positions and all; where the two part is said, not the thousands before it. */
    private static void assertSame(List<Activity> captured, List<Activity> read) {
        int same = 0;
        while (same < Math.min(captured.size(), read.size())
                && captured.get(same).equals(read.get(same))) {
            same++;
        }
        assertThat(captured.subList(same, Math.min(captured.size(), same + 5)))
                .as("seed %d, behind %d that are the same", SEED, same)
                .isEqualTo(read.subList(same, Math.min(read.size(), same + 5)));
        assertThat(read).isNotEmpty();
    }

    private static List<Activity> of(Shop shop, List<Activity> all) {
        return all.stream()
                .filter(activity -> activity.source().database().equals(shop.name()))
                .toList();
    }

    private int poll(KafkaConsumer<String, String> topic) throws IOException {
        for (int before = -1; before < captured.size(); ) {
            before = captured.size();
            for (var record : topic.poll(Duration.ofMillis(300))) {
                Map<String, Object> value = JSON.readValue(record.value(), new TypeReference<>() {});
                captured.add(ActivitySchema.fromMap(value));
            }
        }
        return captured.size();
    }

    private static KafkaConsumer<String, String> reader(KafkaCluster kafka) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.assign(List.of(new TopicPartition("acts-activity", 0)));
        return consumer;
    }

    private static Map<String, String> config(KafkaCluster kafka, Shop... shops) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", "acts");
        config.put("connector.class", "io.towpath.capture.ActivityCaptureConnector");
        config.put("tasks.max", "2");
        config.put("exactly.once.support", "required");
        config.put("transaction.boundary", "connector");
        config.put("producer.override.transaction.timeout.ms", "10000");
        config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter.schemas.enable", "false");
        config.put("topic.creation.default.partitions", "1");
        config.put("topic.creation.default.replication.factor", "1");
        config.put("topic", "acts-activity");
        config.put("progress.interval.ms", "500");
        config.put("capture.transaction.max.records", "500"); // smaller than the largest transactions: they are cut
        config.put("context.message.prefix", "ctx");
        config.put("context.fields", "request");
        config.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        config.put("databases", String.join(",", List.of(shops[0].name(), shops[1].name())));
        config.put("rules", "viewed");
        config.put("rules.viewed.message.prefix", "page-view");
        config.put("rules.viewed.type", "page.viewed");
        config.put("rules.viewed.actor.id", "${user}");
        for (Shop shop : shops) {
            shop.describe(config);
        }
        return config;
    }
}
