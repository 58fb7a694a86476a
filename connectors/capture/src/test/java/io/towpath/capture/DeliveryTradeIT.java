package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.ConnectWorker;
import io.towpath.local.TrialSize;
import io.towpath.migration.connect.ConnectRest;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each delivery costs: the same changes, that waited in the log, under each; the figures of docs/capture.md. */
@Tag("trial-capture")
@ExtendWith(CaptureStack.class)
class DeliveryTradeIT {

    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final int ROWS = TrialSize.current().of(4_000, 100_000);
    private static final int ROWS_PER_TRANSACTION = 10;
    private static final long SEED = TrialSize.current().seed(5);

    /** Three deliveries and three replicas of each record, on two cores that others use too. */
    private static final int ROWS_PER_SECOND = 1_000;

    private static final BrokerLoss.Kills LEADER_KILLS = new BrokerLoss.Kills(3, 2);

    private static final Map<String, String> EXACTLY_ONCE = Map.of("delivery", "exactly-once");

    private static final Map<String, String> AT_LEAST_ONCE =
            Map.of("delivery", "at-least-once", "exactly.once.support", "requested", "transaction.boundary", "poll");

    private static final Map<String, String> BEST_EFFORT = Map.of(
            "delivery", "best-effort",
            "exactly.once.support", "requested",
            "transaction.boundary", "poll",
            "producer.override.acks", "1",
            "producer.override.enable.idempotence", "false");

    @Test
    void everyDeliveryDeliversEachChangeWhereNothingFails() throws Exception {
        measure("trade1", CaptureStack.worker(), EXACTLY_ONCE);
        measure("trade2", CaptureStack.plainWorker(), AT_LEAST_ONCE);
        measure("trade3", CaptureStack.plainWorker(), BEST_EFFORT);
        if (TrialSize.current().trial()) {
            killLeaders();
        }
    }

    /** A leader that dies takes along what only it had, where nobody waited for the others. */
    private static void killLeaders() throws Exception {
        try (BrokerLoss brokers = new BrokerLoss(SEED)) {
            Map<String, BrokerLoss.Loss> losses =
                    brokers.measure(List.of(EXACTLY_ONCE, AT_LEAST_ONCE, BEST_EFFORT), LEADER_KILLS, ROWS_PER_SECOND);
            losses.forEach((delivery, loss) -> TrialSize.figure(
                    "capture by leader killed, " + LEADER_KILLS + ", seed " + SEED + ", " + delivery, loss));
            for (String lossless : List.of("exactly-once", "at-least-once")) {
                assertThat(losses.get(lossless).missing()).as(lossless).containsOnly(0);
            }
            assertThat(losses.get("exactly-once").repeats()).isZero();
        }
    }

    private static void killInTheMiddle(
            Connection db, ConnectWorker worker, ConnectRest rest, String name, ActivityCount topic) throws Exception {
        rest.stop(name);
        rest.awaitStopped(name, LIMIT);
        insert(db, ROWS);
        rest.resume(name);
        await().atMost(LIMIT).until(() -> topic.look() > ROWS + ROWS / 3);
        CaptureStack.kill(worker);
        await().atMost(LIMIT).until(() -> {
            topic.look();
            return topic.distinctIds() == 2 * ROWS;
        });
    }

    private static void insert(Connection db, int from) throws Exception {
        for (int row = from; row < from + ROWS; row += ROWS_PER_TRANSACTION) {
            CaptureStack.run(
                    db,
                    "insert into orders select n, 1, 'new', '' from generate_series(" + row + ", "
                            + (row + ROWS_PER_TRANSACTION - 1) + ") n");
        }
    }

    private static void measure(String name, ConnectWorker worker, Map<String, String> more) throws Exception {
        String delivery = more.get("delivery");
        ConnectRest rest = CaptureStack.rest(worker);
        Map<String, String> config = ActivityCaptureIT.ruled(name);
        config.putAll(more);
        ShopDatabase shop = ShopDatabase.create(name, CaptureStack.postgres());
        try (Connection db = shop.connect();
                ActivityCount topic = new ActivityCount(name + "-activity")) {
            assertThat(rest.validate(config)).isEmpty();
            rest.put(name, config);
            rest.awaitRunning(name, LIMIT);
            ActivityCaptureIT.awaitSlot(db);
            rest.stop(name);
            rest.awaitStopped(name, LIMIT);
            insert(db, 0);
            rest.resume(name);
            await().atMost(LIMIT).until(() -> topic.look() > 0);
            long start = System.nanoTime();
            int before = topic.look();
            await().atMost(LIMIT).until(() -> topic.look() >= ROWS);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(topic.distinctIds()).isEqualTo(ROWS);
            TrialSize.figure("capture activities a second, " + delivery, Math.round((ROWS - before) / seconds));
            if (TrialSize.current().trial()) {
                killInTheMiddle(db, worker, rest, name, topic);
                int repeats = topic.records() - topic.distinctIds();
                assertThat(repeats).matches(count -> count == 0 || !delivery.equals("exactly-once"));
                TrialSize.figure("capture repeats after one kill, " + delivery + ", of " + ROWS, repeats);
            }
        } finally {
            rest.delete(name);
        }
    }
}
