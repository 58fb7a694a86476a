package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.local.ConnectWorker;
import io.towpath.local.TrialSize;
import io.towpath.migration.connect.ConnectRest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The worker is killed again and again under load; a reader must not notice. */
@Tag("trial-capture")
@ExtendWith(CaptureStack.class)
class KillUnderLoadIT {

    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final TrialSize SIZE = TrialSize.current();
    private static final long SEED = SIZE.seed(4711);

    private final Random random = new Random(SEED);

    @Test
    void threeDatabasesComeOnceAndInOrderThoughTheWorkerIsKilledAndOneOfThemIsDownForAWhile() throws Exception {
        ShopDatabase killed = ShopDatabase.create("killed", CaptureStack.postgres());
        ShopDatabase branch = ShopDatabase.create("branch", CaptureStack.secondPostgres());
        ShopDatabase maria = ShopDatabase.create("maria", CaptureStack.mariaDb());
        int kills = SIZE.rounds(2, 10);
        try (ActivityTopic topic = new ActivityTopic("killed-activity")) {
            start(CaptureStack.worker(), "killed", config(killed, branch, maria));
            Load load = new Load(SEED);
            load.begin(killed);
            load.begin(branch);
            load.begin(maria);
            for (int kill = 0; kill < kills; kill++) {
                if (kill == kills / 2) {
                    load.end(branch);
                    branch.server().kill();
                }
                killSoon(CaptureStack.worker(), "killed");
                if (kill == kills / 2) {
                    branch.server().start();
                    branch.server().awaitReady();
                    load.begin(branch);
                }
            }
            List<Workload> clients = load.end();

            int expected = clients.stream().mapToInt(c -> c.expected().size()).sum();
            await().atMost(LIMIT).until(() -> topic.read().size() >= expected);
            restartThreeTimes();
            for (Workload client : clients) {
                assertEachOnceInOrder(client, topic.read());
            }
            assertThat(topic.read()).as("seed " + SEED).hasSize(expected);
            assertThat(topic.read()).extracting(Seen::id).doesNotHaveDuplicates();
            TrialSize.figure("capture kills, exactly-once, three databases, seed " + SEED, kills);
            TrialSize.figure("capture activities, each once", expected);
        } finally {
            CaptureStack.rest().delete("killed");
        }
    }

    @Test
    void atLeastOnceMissesNothingAndARepeatHasTheSameId() throws Exception {
        ShopDatabase repeated = ShopDatabase.create("repeated", CaptureStack.postgres());
        ShopDatabase sister = ShopDatabase.create("sister", CaptureStack.mariaDb());
        int kills = SIZE.rounds(1, 3);
        try (ActivityTopic topic = new ActivityTopic("repeated-activity")) {
            Map<String, String> config = config(repeated, sister);
            config.put("delivery", "at-least-once");
            config.put("exactly.once.support", "requested");
            config.put("transaction.boundary", "poll");
            start(CaptureStack.plainWorker(), "repeated", config);
            Load load = new Load(SEED);
            load.begin(repeated);
            load.begin(sister);
            for (int kill = 0; kill < kills; kill++) {
                killSoon(CaptureStack.plainWorker(), "repeated");
            }

            Set<String> expected = new HashSet<>();
            load.end().forEach(client -> expected.addAll(client.expected()));
            await().atMost(LIMIT).until(() -> names(topic.read()).containsAll(expected));
            assertThat(names(topic.read())).as("nothing else").isEqualTo(expected);
            assertThat(topic.read().stream().map(Seen::id).distinct())
                    .as("one id for each activity, seed " + SEED)
                    .hasSameSizeAs(expected);
            TrialSize.figure("capture kills, at-least-once", kills);
            TrialSize.figure("capture activities", expected.size());
            TrialSize.figure("capture repeats", topic.read().size() - expected.size());
        } finally {
            CaptureStack.rest(CaptureStack.plainWorker()).delete("repeated");
        }
    }

    private static Map<String, String> config(ShopDatabase first, ShopDatabase... others) {
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

    /** Runs once each database's reading has begun: what is written earlier is not captured. */
    private static void start(ConnectWorker worker, String name, Map<String, String> config) {
        ConnectRest rest = CaptureStack.rest(worker);
        rest.put(name, config);
        rest.awaitRunning(name, LIMIT);
        int databases = config.get("databases").split(",", -1).length;
        await().atMost(LIMIT).until(() -> rest.offsets(name).size() == databases);
    }

    private void killSoon(ConnectWorker worker, String name) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(3_000)); // the moment of the kill decides nothing
        CaptureStack.kill(worker);
        CaptureStack.rest(worker).awaitRunning(name, LIMIT);
    }

    /** With nothing new in the log, a graceful stop and a resume must add nothing. */
    private static void restartThreeTimes() {
        for (int i = 0; i < 3; i++) {
            CaptureStack.rest().stop("killed");
            CaptureStack.rest().awaitStopped("killed", LIMIT);
            CaptureStack.rest().resume("killed");
            CaptureStack.rest().awaitRunning("killed", LIMIT);
        }
    }

    private static Set<String> names(List<Seen> seen) {
        return seen.stream().map(KillUnderLoadIT::text).collect(Collectors.toSet());
    }

    private static String text(Seen activity) {
        String said = activity.value().path("context").asText("");
        String request = said.isEmpty()
                ? ""
                : " " + ActivityTopic.json(said).path("request").asText();
        return activity.type() + " " + activity.object() + request;
    }

    /** Where the two part is said, not the thousands before it. */
    private static void assertEachOnceInOrder(Workload client, List<Seen> all) {
        List<String> seen = all.stream()
                .filter(activity -> client.actor().equals(activity.key()))
                .map(KillUnderLoadIT::text)
                .toList();
        int same = 0;
        while (same < Math.min(seen.size(), client.expected().size())
                && seen.get(same).equals(client.expected().get(same))) {
            same++;
        }
        assertThat(seen.subList(same, Math.min(seen.size(), same + 10)))
                .as(
                        "actor %s, seed %d, %d of %d",
                        client.actor(), SEED, same, client.expected().size())
                .isEqualTo(client.expected()
                        .subList(same, Math.min(client.expected().size(), same + 10)));
    }
}
