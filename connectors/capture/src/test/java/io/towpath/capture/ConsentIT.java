package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.local.TrialSize;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("trial-capture")
@ExtendWith(CaptureStack.class)
class ConsentIT {

    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final TrialSize SIZE = TrialSize.current();
    private static final int ACTORS = 4;
    private static final String CONSENT =
            "create table consent (actor text, category text, allowed boolean, changed_at timestamptz default now(),"
                    + " primary key (actor, category))";

    /** Nothing after an opt-out, everything after an opt-in, each once and in order, though the worker is killed. */
    @Test
    void whatAnActorDoesAfterItsOptOutIsNeverSeenThoughTheWorkerIsKilledAroundIt() throws Exception {
        long seed = SIZE.seed(31);
        try (Connection db = CaptureStack.newDatabase("consented");
                ActivityTopic topic = new ActivityTopic("consented-activity")) {
            CaptureStack.run(db, "create table orders (id int primary key, customer int, note text)", CONSENT);
            Map<String, String> config = config("consented", "deny");
            config.put("capture.transaction.max.records", "500"); // smaller than the largest transaction: it is cut
            CaptureStack.rest().put("consented", config);
            CaptureStack.rest().awaitRunning("consented", LIMIT);
            ActivityCaptureIT.awaitSlot(db);

            List<ConsentWorkload> clients = loadWithKills("consented", seed, SIZE.rounds(2, 10));

            int expected = clients.stream().mapToInt(c -> c.expected().size()).sum();
            await().atMost(LIMIT).until(() -> topic.read().size() >= expected);
            CaptureStack.rest().stop("consented");
            CaptureStack.rest().awaitStopped("consented", LIMIT);
            CaptureStack.rest().resume("consented");
            CaptureStack.rest().awaitRunning("consented", LIMIT);
            for (ConsentWorkload client : clients) {
                assertNothingOfAnOptedOutPeriod(client, topic.read(), seed);
            }
            assertThat(topic.read()).as("seed " + seed).hasSize(expected);
            KeptRun.keepConsent("towpath-consented-consent", 1);
            TrialSize.figure("consent seed", seed);
            TrialSize.figure(
                    "consent opt-outs",
                    clients.stream().mapToInt(ConsentWorkload::optOuts).sum());
            TrialSize.figure("consent activities kept, erasures included", expected);
            TrialSize.figure(
                    "consent activities withheld",
                    clients.stream().mapToInt(ConsentWorkload::withheld).sum());
        } finally {
            CaptureStack.rest().delete("consented");
        }
    }

    @Test
    void aReplayFromACopyOfTheSlotEmitsNothingOfTheOptedOutPeriod() throws Exception {
        try (Connection db = CaptureStack.newDatabase("replayed");
                ActivityTopic topic = new ActivityTopic("replayed-activity")) {
            CaptureStack.run(db, "create table orders (id int primary key, customer int, note text)", CONSENT);
            CaptureStack.rest().put("replayed", config("replayed", "allow"));
            CaptureStack.rest().awaitRunning("replayed", LIMIT);
            ActivityCaptureIT.awaitSlot(db);
            CaptureStack.run(db, "insert into orders values (1, 7, 'before')");
            await().atMost(LIMIT).until(() -> topic.read().size() >= 1);
            CaptureStack.run(db, "insert into consent values ('7', 'activity', false)");
            await().atMost(LIMIT).until(() -> topic.read().size() >= 2);
            awaitReleased(db);
            copySlot(db, "towpath_replayed_copy");
            CaptureStack.run(db, "insert into orders values (2, 7, 'opted out')");
            CaptureStack.run(db, "update consent set allowed = true where actor = '7'");
            CaptureStack.run(db, "insert into orders values (3, 7, 'again')");
            await().atMost(LIMIT).until(() -> topic.read().size() >= 3);
            awaitReleased(db);

            Map<String, String> replay = config("replayed", "allow");
            replay.put("databases.replayed.slot.name", "towpath_replayed_copy");
            CaptureStack.rest().stop("replayed");
            CaptureStack.rest().awaitStopped("replayed", LIMIT);
            CaptureStack.rest().resetOffsets("replayed");
            CaptureStack.rest().put("replayed", replay);
            CaptureStack.rest().resume("replayed");
            CaptureStack.rest().awaitRunning("replayed", LIMIT);
            CaptureStack.run(db, "insert into orders values (4, 8, 'end')");

            await().atMost(LIMIT).until(() -> objects(topic).contains("4"));
            assertThat(objects(topic)).containsExactly("1", "erased", "3", "3", "4");
            assertThat(topic.read().get(2).id()).isEqualTo(topic.read().get(3).id());
        } finally {
            CaptureStack.rest().delete("replayed");
        }
    }

    @Test
    void whatActorsSaidBeforeCaptureBeganHoldsWhereASnapshotOfConsentAloneIsTaken() throws Exception {
        ShopDatabase told = ShopDatabase.create("told", CaptureStack.secondPostgres());
        Map<String, String> config = config("told", "deny");
        told.describe(config);
        config.put("capture.snapshot", "consent-only");
        try (Connection db = told.connect();
                ActivityTopic topic = new ActivityTopic("told-activity")) {
            CaptureStack.run(
                    db,
                    CONSENT,
                    "insert into consent values ('7', 'activity', true), ('8', 'activity', false)",
                    "insert into orders values (1, 7, 'new', 'before')");
            CaptureStack.rest().put("told", config);
            CaptureStack.rest().awaitRunning("told", LIMIT);
            ActivityCaptureIT.awaitSlot(db);

            CaptureStack.run(
                    db,
                    "insert into orders values (2, 7, 'new', ''), (3, 8, 'new', ''), (4, 9, 'new', '')",
                    "insert into orders values (5, 7, 'new', '')");

            await().atMost(LIMIT).until(() -> objects(topic).contains("5"));
            assertThat(objects(topic)).containsExactly("erased", "2", "5");
        } finally {
            CaptureStack.rest().delete("told");
        }
    }

    private static List<String> objects(ActivityTopic topic) {
        return topic.read().stream()
                .map(seen -> seen.type().equals("actor.erased") ? "erased" : seen.object())
                .toList();
    }

    /** A copy begins where the slot stands: it must have let go of what the copy is not to hold. */
    private static void awaitReleased(Connection db) {
        String end = CaptureStack.text(db, "select pg_current_wal_lsn()");
        await().atMost(LIMIT)
                .until(
                        () -> "t"
                                .equals(
                                        CaptureStack.text(
                                                db,
                                                "select confirmed_flush_lsn >= '" + end
                                                        + "' from pg_replication_slots where slot_name = 'towpath_replayed_replayed'")));
    }

    /** An active slot can be copied as well; the server only waits for no one. */
    private static void copySlot(Connection db, String name) throws Exception {
        CaptureStack.run(db, "select pg_copy_logical_replication_slot('towpath_replayed_replayed', '" + name + "')");
    }

    static Map<String, String> config(String name, String byDefault) {
        Map<String, String> config = CaptureStack.config(name);
        config.put("rules", "placed");
        config.put("rules.placed.table", "public.orders");
        config.put("rules.placed.type", "order.placed");
        config.put("rules.placed.actor.id", "${customer}");
        config.put("rules.placed.object.type", "order");
        config.put("rules.placed.object.id", "${id}");
        config.put("consent.table", "public.consent");
        config.put("consent.default", byDefault);
        config.put("kafka.bootstrap.servers", CaptureStack.kafka().bootstrapServers());
        return config;
    }

    private static List<ConsentWorkload> loadWithKills(String name, long seed, int kills) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<ConsentWorkload> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int actor = 1; actor <= ACTORS; actor++) {
            Connection connection = DriverManager.getConnection(
                    CaptureStack.postgres().jdbcUrl(name),
                    CaptureStack.postgres().user(),
                    CaptureStack.postgres().password());
            clients.add(new ConsentWorkload(connection, actor, seed + actor, stop));
            threads.add(new Thread(clients.get(actor - 1)));
        }
        threads.forEach(Thread::start);
        Random random = new Random(seed);
        for (int kill = 0; kill < kills; kill++) {
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2_000)); // the moment of the kill decides nothing
            CaptureStack.worker().kill();
            CaptureStack.worker().start();
            CaptureStack.worker().awaitReady();
            CaptureStack.rest().awaitRunning(name, LIMIT);
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        return clients;
    }

    private static void assertNothingOfAnOptedOutPeriod(ConsentWorkload client, List<Seen> all, long seed) {
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
                .as("actor %s, seed %d, from %d of %d on", client.actor(), seed, same, seen.size())
                .isEqualTo(client.expected()
                        .subList(same, Math.min(client.expected().size(), same + 10)));
    }
}
