package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.TrialSize;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One database transaction of many more rows than a unit, a Kafka transaction or the worker's heap could hold. */
@Tag("trial-capture")
@ExtendWith(CaptureStack.class)
class LargeTransactionIT {

    private static final Duration LIMIT = Duration.ofMinutes(7);
    private static final int ROWS = TrialSize.current().of(60_000, 1_000_000);

    @Test
    void itPassesInPartsThoughTheWorkerIsKilledInTheMiddle() throws Exception {
        try (Connection db = CaptureStack.newDatabase("large");
                ActivityCount topic = new ActivityCount("large-activity")) {
            CaptureStack.run(
                    db,
                    "create table orders (id int primary key, customer int, status text, note text)",
                    "alter table orders replica identity full");
            Map<String, String> config = ActivityCaptureIT.ruled("large");
            config.put("capture.transaction.max.records", "5000");
            CaptureStack.rest().put("large", config);
            CaptureStack.rest().awaitRunning("large", LIMIT);
            ActivityCaptureIT.awaitSlot(db);

            CaptureStack.run(
                    db, "insert into orders select n, n % 10, 'new', '' from generate_series(1, " + ROWS + ") n");
            long start = System.nanoTime();
            await().atMost(LIMIT).until(() -> topic.records() > ROWS / 4);
            CaptureStack.worker().kill();
            CaptureStack.worker().start();
            CaptureStack.worker().awaitReady();

            await().atMost(LIMIT).until(() -> topic.records() >= ROWS);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertThat(topic.records()).isEqualTo(ROWS);
            assertThat(topic.distinctObjects()).isEqualTo(ROWS);
            assertThat(topic.distinctIds()).isEqualTo(ROWS);
            KeptRun.keepOffsets("large", "postgres");
            TrialSize.figure("capture rows in one transaction, worker of 512 MB killed in it", ROWS);
            TrialSize.figure("capture seconds for them, one kill included", taken.toSeconds());
        } finally {
            CaptureStack.rest().delete("large");
        }
    }
}
