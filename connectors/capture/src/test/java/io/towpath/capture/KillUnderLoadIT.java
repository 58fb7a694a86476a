package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CaptureStack.class)
class KillUnderLoadIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long SEED = Long.getLong("capture.seed", 4711);
    private static final int KILLS = Integer.getInteger("capture.kills", 3);
    private static final int CLIENTS = 3;

    @Test
    void everyExpectedActivityIsThereOnceAndInItsActorsOrderThoughTheWorkerIsKilled() throws Exception {
        try (Connection db = CaptureStack.newDatabase("killed");
                ActivityTopic topic = new ActivityTopic("killed-activity")) {
            CaptureStack.run(
                    db,
                    "create table orders (id int primary key, customer int, status text, note text)",
                    "alter table orders replica identity full");
            Map<String, String> config = ActivityCaptureIT.ruled("killed");
            config.put("capture.transaction.max.records", "500"); // smaller than a COPY: units are cut
            CaptureStack.rest().put("killed", config);
            CaptureStack.rest().awaitRunning("killed", LIMIT);
            ActivityCaptureIT.awaitSlot(db);

            List<Workload> clients = loadWithKills();

            int expected = clients.stream().mapToInt(c -> c.expected().size()).sum();
            await().atMost(LIMIT).until(() -> topic.read().size() >= expected);
            restartThreeTimes();
            for (Workload client : clients) {
                assertEachOnceInOrder(client, topic.read());
            }
            assertThat(topic.read()).as("seed " + SEED).hasSize(expected);
            assertThat(topic.read()).extracting(Seen::id).doesNotHaveDuplicates();
        } finally {
            CaptureStack.rest().delete("killed");
        }
    }

    private static List<Workload> loadWithKills() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Workload> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int client = 1; client <= CLIENTS; client++) {
            Connection connection = DriverManager.getConnection(
                    CaptureStack.postgres().jdbcUrl("killed"),
                    CaptureStack.postgres().user(),
                    CaptureStack.postgres().password());
            clients.add(new Workload(connection, client, SEED + client, stop));
            threads.add(new Thread(clients.get(client - 1)));
        }
        threads.forEach(Thread::start);
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(3_000)); // the moment of the kill decides nothing
            CaptureStack.worker().kill();
            CaptureStack.worker().start();
            CaptureStack.worker().awaitReady();
            CaptureStack.rest().awaitRunning("killed", LIMIT);
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        return clients;
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

    /** Where the two part is said, not the thousands before it. */
    private static void assertEachOnceInOrder(Workload client, List<Seen> all) {
        List<String> seen = all.stream()
                .filter(activity -> client.actor().equals(activity.key()))
                .map(activity -> activity.type() + " " + activity.object())
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
