package io.towpath.capture;

import static org.awaitility.Awaitility.await;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.connect.ConnectRest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;

/** What is lost of a topic with three replicas when the broker that leads it is killed, again and again, under load. */
final class BrokerLoss implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int ROWS_PER_TRANSACTION = 10;

    private final Stack stack;
    private final KafkaCluster kafka;
    private final ConnectWorker worker;

    /** @param missing of {@code inserted} rows */
    record Loss(int inserted, int missing) {}

    BrokerLoss() throws Exception {
        stack = Stack.embedded(Files.createTempDirectory(Path.of("target"), "three"));
        kafka = stack.kafka("three", 3);
        worker = stack.connect(
                "three-worker",
                kafka,
                WorkerSettings.of(Plugins.capture()).with("exactly.once.source.support", "disabled"));
    }

    /** @param delivery what differs from a config of {@link ActivityCaptureIT#ruled} */
    Loss measure(String name, Map<String, String> delivery, int kills) throws Exception {
        Map<String, String> config = ActivityCaptureIT.ruled(name);
        config.putAll(delivery);
        config.put("topic.creation.default.replication.factor", "3");
        ConnectRest rest = CaptureStack.rest(worker);
        ShopDatabase shop = ShopDatabase.create(name, CaptureStack.postgres());
        try (Connection db = shop.connect();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            rest.put(name, config);
            rest.awaitRunning(name, LIMIT);
            ActivityCaptureIT.awaitSlot(db);
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> insertUntil(db, stop));
            await().atMost(LIMIT)
                    .until(() ->
                            admin.listTopics().names().get(1, TimeUnit.MINUTES).contains(name + "-activity"));
            for (int kill = 0; kill < kills; kill++) {
                TimeUnit.SECONDS.sleep(2); // load between two kills; decides nothing
                killLeader(admin, name + "-activity");
            }
            stop.set(true);
            int inserted = load.get(1, TimeUnit.MINUTES);
            return new Loss(inserted, inserted - arrived(name + "-activity", inserted));
        } finally {
            rest.delete(name);
        }
    }

    /** How many of the rows are there once the last of them is. */
    private int arrived(String topic, int last) {
        try (ActivityCount count = new ActivityCount(kafka.bootstrapServers(), topic)) {
            await().atMost(LIMIT).until(() -> count.look() > 0 && count.has(last));
            count.records();
            return count.distinctObjects();
        }
    }

    /** Comes back when all replicas are in step again: the next leader to be killed has followers. */
    private void killLeader(Admin admin, String topic) throws Exception {
        int id = partition(admin, topic).leader().id();
        Server leader = kafka.brokers().get(id - 1);
        leader.kill();
        await().atMost(LIMIT).until(() -> partition(admin, topic).leader().id() != id);
        leader.start();
        leader.awaitReady();
        await().atMost(LIMIT).until(() -> partition(admin, topic).isr().size() == 3);
    }

    private static TopicPartitionInfo partition(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(1, TimeUnit.MINUTES)
                .get(topic)
                .partitions()
                .get(0);
    }

    /** @return the last row's id; the first is 1 */
    private static int insertUntil(Connection db, AtomicBoolean stop) {
        int rows = 0;
        while (!stop.get()) {
            int first = rows + 1;
            rows += ROWS_PER_TRANSACTION;
            CaptureStack.text(
                    db,
                    "insert into orders select n, 1, 'new', '' from generate_series(" + first + ", " + rows
                            + ") n returning id");
        }
        return rows;
    }

    @Override
    public void close() {
        stack.close();
    }
}
