package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.ConnectWorker;
import io.towpath.local.TrialSize;
import io.towpath.migration.connect.ConnectRest;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each delivery costs: the same changes, that waited in the log, under each; the figures of docs/capture.md. */
@Tag("trial-capture")
@ExtendWith(CaptureStack.class)
class DeliveryTradeIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int ROWS = TrialSize.current().of(4_000, 100_000);
    private static final int ROWS_PER_TRANSACTION = 10;

    @Test
    void everyDeliveryDeliversEachChangeWhereNothingFails() throws Exception {
        measure("trade1", "exactly-once", CaptureStack.worker(), Map.of());
        Map<String, String> plain = Map.of("exactly.once.support", "requested", "transaction.boundary", "poll");
        measure("trade2", "at-least-once", CaptureStack.plainWorker(), plain);
        measure(
                "trade3",
                "best-effort",
                CaptureStack.plainWorker(),
                Map.of(
                        "exactly.once.support", "requested",
                        "transaction.boundary", "poll",
                        "producer.override.acks", "1",
                        "producer.override.enable.idempotence", "false"));
    }

    private static void measure(String name, String delivery, ConnectWorker worker, Map<String, String> more)
            throws Exception {
        ConnectRest rest = CaptureStack.rest(worker);
        Map<String, String> config = ActivityCaptureIT.ruled(name);
        config.put("delivery", delivery);
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
            for (int row = 0; row < ROWS; row += ROWS_PER_TRANSACTION) {
                CaptureStack.run(
                        db,
                        "insert into orders select n, 1, 'new', '' from generate_series(" + row + ", "
                                + (row + ROWS_PER_TRANSACTION - 1) + ") n");
            }
            long start = System.nanoTime();
            rest.resume(name);
            await().atMost(LIMIT).until(() -> topic.records() >= ROWS);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(topic.distinctIds()).isEqualTo(ROWS);
            TrialSize.figure("capture seconds, " + delivery + ", " + ROWS + " activities, start included", seconds);
        } finally {
            rest.delete(name);
        }
    }
}
