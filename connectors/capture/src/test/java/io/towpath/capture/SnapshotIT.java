package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.local.TrialSize;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that were there before capture began. */
@ExtendWith(CaptureStack.class)
class SnapshotIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ROWS = TrialSize.current().of(20_000, 100_000);

    @Test
    void noRowOfEitherProductIsMissedAndARepeatedSnapshotHasTheSameIdsThoughTheWorkerIsKilledInIt() throws Exception {
        ShopDatabase shop = ShopDatabase.create("snapped", CaptureStack.postgres());
        ShopDatabase sister = ShopDatabase.create("msnapped", CaptureStack.mariaDb());
        try (Connection db = shop.connect();
                Connection maria = sister.connect();
                ActivityTopic topic = new ActivityTopic("snapped-activity")) {
            CaptureStack.run(
                    db, "insert into orders select n, n % 10, 'new', '' from generate_series(1, " + ROWS + ") n");
            CaptureStack.run(
                    maria,
                    "insert into orders select seq, seq % 10, 'new', '' from seq_" + (ROWS + 1) + "_to_" + (2 * ROWS));
            Map<String, String> config = ActivityCaptureIT.ruled("snapped");
            config.merge("databases", sister.name(), (all, one) -> all + "," + one);
            config.put("rules.placed.on", "insert,snapshot");
            sister.describe(config);
            config.put("capture.snapshot", "initial");
            config.put("capture.transaction.max.records", "500");
            assertThat(CaptureStack.rest().validate(config)).isEmpty();
            CaptureStack.rest().put("snapped", config);

            await().atMost(LIMIT).until(() -> topic.read().size() > 0);
            CaptureStack.worker().kill();
            CaptureStack.worker().start();
            CaptureStack.worker().awaitReady();
            CaptureStack.rest().awaitRunning("snapped", LIMIT);
            CaptureStack.run(db, "insert into orders values (" + (2 * ROWS + 1) + ", 1, 'new', '')");
            CaptureStack.run(maria, "insert into orders values (" + (2 * ROWS + 2) + ", 1, 'new', '')");

            Set<String> expected = IntStream.rangeClosed(1, 2 * ROWS + 2)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.toSet());
            await().atMost(LIMIT).until(() -> objects(topic.read()).containsAll(expected));
            assertThat(objects(topic.read())).isEqualTo(expected);
            Set<String> late = Set.of(Integer.toString(2 * ROWS + 1), Integer.toString(2 * ROWS + 2));
            Set<String> ids = topic.read().stream()
                    .filter(seen -> !late.contains(seen.object())) // may be in the snapshot and in the log
                    .map(Seen::id)
                    .collect(Collectors.toSet());
            assertThat(ids).as("one id for each row").hasSize(2 * ROWS);
            // behind these lie all repeats of the rows before: each log is in order
            CaptureStack.run(db, "insert into orders values (" + (2 * ROWS + 3) + ", 1, 'new', '')");
            CaptureStack.run(maria, "insert into orders values (" + (2 * ROWS + 4) + ", 1, 'new', '')");
            await().atMost(LIMIT)
                    .until(() -> objects(topic.read())
                            .containsAll(Set.of(Integer.toString(2 * ROWS + 3), Integer.toString(2 * ROWS + 4))));
            int before = topic.read().size();
            CaptureStack.rest().stop("snapped");
            CaptureStack.rest().awaitStopped("snapped", LIMIT);
            CaptureStack.rest().resume("snapped");
            CaptureStack.rest().awaitRunning("snapped", LIMIT);
            CaptureStack.run(db, "insert into orders values (0, 1, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() > before);
            assertThat(topic.read()).as("no snapshot once it is done").hasSize(before + 1);
            TrialSize.figure("capture snapshot rows", 2 * ROWS);
            TrialSize.figure("capture snapshot repeats after a kill", before - 2 * ROWS - 4);
        } finally {
            CaptureStack.rest().delete("snapped");
        }
    }

    private static Set<String> objects(List<Seen> seen) {
        return seen.stream().map(Seen::object).collect(Collectors.toCollection(HashSet::new));
    }
}
