package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One database transaction of many more rows than a unit, a Kafka transaction or the worker's heap could hold. */
@ExtendWith(CaptureStack.class)
class LargeTransactionIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int ROWS = Integer.getInteger("capture.large", 60_000);

    @Test
    void itPassesInPartsThoughTheWorkerIsKilledInTheMiddle() throws Exception {
        try (Connection db = CaptureStack.newDatabase("large");
                ActivityTopic topic = new ActivityTopic("large-activity")) {
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
            await().atMost(LIMIT).until(() -> topic.read().size() > ROWS / 4);
            CaptureStack.worker().kill();
            CaptureStack.worker().start();
            CaptureStack.worker().awaitReady();

            await().atMost(LIMIT).until(() -> topic.read().size() >= ROWS);
            assertThat(topic.read()).hasSize(ROWS);
            assertThat(topic.read().stream().map(Seen::object).distinct()).hasSize(ROWS);
            assertThat(topic.read().stream().map(Seen::id).distinct()).hasSize(ROWS);
        } finally {
            CaptureStack.rest().delete("large");
        }
    }
}
