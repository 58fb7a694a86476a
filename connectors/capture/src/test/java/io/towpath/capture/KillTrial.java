package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.local.ConnectWorker;
import io.towpath.migration.connect.ConnectRest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A connector whose worker is killed again and again under load. */
final class KillTrial {

    private static final Duration LIMIT = Duration.ofMinutes(6);

    private final ConnectWorker worker;
    private final String connector;
    private final long seed;
    private final Random random;

    KillTrial(ConnectWorker worker, String connector, long seed) {
        this.worker = worker;
        this.connector = connector;
        this.seed = seed;
        this.random = new Random(seed);
    }

    static Map<String, String> config(ShopDatabase first, ShopDatabase... others) {
        Map<String, String> config = ActivityCaptureIT.ruled(first.name());
        config.put("tasks.max", "2");
        config.put("heartbeat.interval.ms", "1000");
        config.put("context.message.prefix", "ctx");
        config.put("capture.transaction.max.records", "500"); // smaller than a COPY: units are cut
        for (ShopDatabase other : others) {
            config.merge("databases", other.name(), (all, one) -> all + "," + one);
            other.describe(config);
        }
        return config;
    }

    /** Returns once each database's reading has begun: what is written earlier is not captured. */
    void start(Map<String, String> config) {
        rest().put(connector, config);
        rest().awaitRunning(connector, LIMIT);
        int databases = config.get("databases").split(",", -1).length;
        await().atMost(LIMIT).until(() -> rest().offsets(connector).size() == databases);
    }

    /** The clients of all databases, after so many kills; {@code branch} is down around the one in the middle. */
    List<Workload> load(int kills, ShopDatabase branch, ShopDatabase... others)
            throws SQLException, InterruptedException {
        Load load = new Load(seed);
        load.begin(branch);
        for (ShopDatabase other : others) {
            load.begin(other);
        }
        for (int kill = 0; kill < kills; kill++) {
            if (kill == kills / 2) {
                load.end(branch);
                branch.server().kill();
            }
            killSoon();
            if (kill == kills / 2) {
                branch.server().start();
                branch.server().awaitReady();
                load.begin(branch);
            }
        }
        return load.end();
    }

    void killSoon() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(3_000)); // the moment of the kill decides nothing
        CaptureStack.kill(worker);
        rest().awaitRunning(connector, LIMIT);
    }

    /** What each client did is in the topic once and in order, and nothing else; how much that is. */
    int assertEachOnce(List<Workload> clients, ActivityTopic topic) {
        int expected = clients.stream().mapToInt(c -> c.expected().size()).sum();
        await().atMost(LIMIT).until(() -> topic.read().size() >= expected);
        restartThreeTimes();
        for (Workload client : clients) {
            assertEachOnceInOrder(client, topic.read());
        }
        assertThat(topic.read()).as("seed " + seed).hasSize(expected);
        assertThat(topic.read()).extracting(Seen::id).doesNotHaveDuplicates();
        return expected;
    }

    /** Type and object of an activity, and the request where one was said. */
    static String text(Seen activity) {
        String said = activity.value().path("context").asText("");
        String request = said.isEmpty()
                ? ""
                : " " + ActivityTopic.json(said).path("request").asText();
        return activity.type() + " " + activity.object() + request;
    }

    /** With nothing new in the log, a graceful stop and a resume must add nothing. */
    private void restartThreeTimes() {
        for (int i = 0; i < 3; i++) {
            rest().stop(connector);
            rest().awaitStopped(connector, LIMIT);
            rest().resume(connector);
            rest().awaitRunning(connector, LIMIT);
        }
    }

    /** Where the two part is said, not the thousands before it. */
    private void assertEachOnceInOrder(Workload client, List<Seen> all) {
        List<String> seen = all.stream()
                .filter(activity -> client.actor().equals(activity.key()))
                .map(KillTrial::text)
                .toList();
        int same = 0;
        while (same < Math.min(seen.size(), client.expected().size())
                && seen.get(same).equals(client.expected().get(same))) {
            same++;
        }
        assertThat(seen.subList(same, Math.min(seen.size(), same + 10)))
                .as(
                        "actor %s, seed %d, %d of %d",
                        client.actor(), seed, same, client.expected().size())
                .isEqualTo(client.expected()
                        .subList(same, Math.min(client.expected().size(), same + 10)));
    }

    private ConnectRest rest() {
        return CaptureStack.rest(worker);
    }
}
