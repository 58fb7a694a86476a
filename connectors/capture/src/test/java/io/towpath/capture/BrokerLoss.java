package io.towpath.capture;

import static org.awaitility.Awaitility.await;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.ConnectorStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What each delivery loses when the broker that leads its topic is killed, again and again: one database, one load and the
 * same kills for all of them. The load is far below what the brokers take, so that what is missing is lost, not late.
 */
final class BrokerLoss implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String DATABASE = "loss";
    private static final int BROKERS = 3;

    private final Stack stack;
    private final KafkaCluster kafka;
    private final ConnectWorker transactional;
    private final ConnectWorker plain;
    private final LedTopics topics;
    private final List<Captured> all = new ArrayList<>();
    private final Random random;

    /** How often the leader is killed: as it stands, and after a second in which its followers stood still. */
    record Kills(int asItStands, int alone) {

        int all() {
            return asItStands + alone;
        }
    }

    /**
     * What a reader finds of {@code rows}.
     *
     * @param missing for each kill, of the rows since the one before
     * @param repeats records of an id that was there already
     * @param failures why the task failed, each time that it was restarted as an operator does
     */
    record Loss(int rows, long rowsPerSecond, List<Integer> missing, int repeats, List<String> failures) {}

    private record Captured(String name, ConnectRest rest, ActivityCount topic, List<String> failures) {

        void restartIfFailed() {
            Optional<String> failure = failure();
            if (failure.isPresent()) {
                failures.add(failure.get());
                rest.restartFailed(name);
                await().atMost(LIMIT).until(() -> failure().isEmpty());
            }
        }

        boolean has(int row) {
            restartIfFailed();
            topic.records();
            return topic.has(row);
        }

        private Optional<String> failure() {
            return rest.status(name).flatMap(ConnectorStatus::failure);
        }
    }

    BrokerLoss(long seed) throws Exception {
        random = new Random(seed);
        stack = Stack.embedded(Files.createTempDirectory(Path.of("target"), "three"));
        kafka = stack.kafka("three", BROKERS);
        WorkerSettings settings = WorkerSettings.of(Plugins.capture());
        transactional = stack.connect("three-worker", kafka, settings);
        plain = stack.connect(
                "three-plain", kafka, settings.withGroup("plain").with("exactly.once.source.support", "disabled"));
        topics = new LedTopics(kafka);
    }

    /**
     * What each delivery, by its name, has lost in the end.
     *
     * @param deliveries what differs from a config of {@link ActivityCaptureIT#ruled}, the key {@code delivery} in each
     */
    Map<String, Loss> measure(List<Map<String, String>> deliveries, Kills kills, int rowsPerSecond) throws Exception {
        ShopDatabase shop = ShopDatabase.create(DATABASE, CaptureStack.postgres());
        try (Connection db = shop.connect()) {
            for (Map<String, String> delivery : deliveries) {
                start(delivery);
            }
            String reading = "select count(*) from pg_replication_slots where database = '" + DATABASE + "' and active";
            await().atMost(LIMIT).until(() -> Integer.toString(all.size()).equals(CaptureStack.text(db, reading)));
            long start = System.nanoTime();
            SteadyLoad load = new SteadyLoad(db, rowsPerSecond);
            for (Captured one : all) {
                await().atMost(LIMIT).until(() -> one.has(1));
            }
            List<Integer> marks = new ArrayList<>();
            for (int kill = 0; kill < kills.all(); kill++) {
                TimeUnit.MILLISECONDS.sleep(2_000 + random.nextInt(2_000)); // the moment of the kill decides nothing
                topics.killLeader(kill >= kills.asItStands());
                all.forEach(Captured::restartIfFailed);
                marks.add(load.written());
            }
            int last = load.end();
            long perSecond = last / Duration.ofNanos(System.nanoTime() - start).toSeconds();
            marks.set(marks.size() - 1, last);
            Map<String, Loss> losses = new LinkedHashMap<>();
            for (Captured one : all) {
                losses.put(one.name(), loss(one, marks, perSecond));
            }
            return losses;
        }
    }

    private void start(Map<String, String> delivery) throws Exception {
        String name = delivery.get("delivery");
        String topic = name + "-activity";
        topics.create(topic);
        Map<String, String> config = ActivityCaptureIT.ruled(name);
        config.putAll(delivery);
        config.put("databases." + name + ".dbname", DATABASE);
        config.put("topic.creation.default.replication.factor", Integer.toString(BROKERS));
        ConnectRest rest = CaptureStack.rest("exactly-once".equals(name) ? transactional : plain);
        all.add(new Captured(name, rest, new ActivityCount(kafka.bootstrapServers(), topic), new ArrayList<>()));
        rest.put(name, config);
        rest.awaitRunning(name, LIMIT);
    }

    /** What is there once the last row is: no broker was killed after that was written. */
    private static Loss loss(Captured one, List<Integer> marks, long rowsPerSecond) {
        int last = marks.get(marks.size() - 1);
        await().atMost(LIMIT).until(() -> one.has(last));
        List<Integer> missing = new ArrayList<>();
        int from = 1;
        for (int mark : marks) {
            missing.add(one.topic().missing(from, mark));
            from = mark + 1;
        }
        int repeats = one.topic().records() - one.topic().distinctIds();
        return new Loss(last, rowsPerSecond, missing, repeats, one.failures());
    }

    @Override
    public void close() {
        topics.close();
        all.forEach(one -> one.topic().close());
        stack.close();
    }
}
