package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.PostgresServer;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.ConnectorStatus;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A slot that holds more log than the server allows: capture warns before, and says what to do after. */
@ExtendWith(CaptureStack.class)
class BrokenSlotIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String NAME = "broken";
    private static final long NEARLY_NOTHING = 18 << 20;
    private static final long SEGMENT = 16 << 20;

    @Test
    void aSlotThatTheServerBreaksIsWarnedOfBeforeAndNamedAfterWithTheWayOut() throws Exception {
        PostgresServer server = CaptureStack.secondPostgres();
        ShopDatabase shop = ShopDatabase.create(NAME, server);
        Map<String, String> config = ActivityCaptureIT.ruled(NAME);
        shop.describe(config);
        ConnectRest rest = CaptureStack.rest();
        try (Connection db = shop.connect();
                ActivityTopic topic = new ActivityTopic(NAME + "-activity")) {
            CaptureStack.run(db, "alter system set max_slot_wal_keep_size = '64MB'", "select pg_reload_conf()");
            rest.put(NAME, config);
            rest.awaitRunning(NAME, LIMIT);
            ActivityCaptureIT.awaitSlot(db);
            try (Connection open = shop.connect()) {
                open.setAutoCommit(false);
                CaptureStack.run(open, "insert into orders values (1, 1, 'never committed', '')");
                while (room(db) > NEARLY_NOTHING) {
                    newSegment(db);
                }
                await().atMost(LIMIT)
                        .until(() -> Files.readString(CaptureStack.worker().log())
                                .contains("database broken: its slot holds"));
                assertThat(CaptureStack.gauge(NAME, "slot-retained-bytes")).isGreaterThan(SEGMENT);
                assertThat(slot(db, "wal_status")).isNotEqualTo("lost");
                rest.stop(NAME);
                rest.awaitStopped(NAME, LIMIT);
            }
            for (int segments = 0; segments < 4; segments++) {
                newSegment(db);
            }
            CaptureStack.run(db, "checkpoint");
            assertThat(slot(db, "wal_status")).isEqualTo("lost");

            rest.resume(NAME);
            await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(CaptureStack.gauge(NAME, "reading")).isZero();
                assertThat(CaptureStack.gauge(NAME, "lag-bytes")).isGreaterThan(3 * SEGMENT);
                assertThat(CaptureStack.gauge(NAME, "lag-seconds")).isPositive();
            });

            config.put("capture.on.database.failure", "fail");
            rest.put(NAME, config);
            await().atMost(LIMIT)
                    .until(() ->
                            rest.status(NAME).flatMap(ConnectorStatus::failure).isPresent());
            String said = rest.status(NAME).flatMap(ConnectorStatus::failure).orElseThrow();
            assertThat(said).contains("the server has broken slot towpath_broken_broken (max_slot_wal_keep_size)");

            rest.stop(NAME);
            Matcher statement = Pattern.compile("run (select .*?\\))").matcher(said);
            assertThat(statement.find()).isTrue();
            CaptureStack.run(db, statement.group(1));
            rest.awaitStopped(NAME, LIMIT);
            rest.resetOffsets(NAME);
            rest.resume(NAME);
            rest.awaitRunning(NAME, LIMIT);
            ActivityCaptureIT.awaitSlot(db);
            CaptureStack.run(db, "insert into orders values (2, 1, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() == 1);
        } finally {
            rest.delete(NAME);
            try (Connection db = shop.connect()) {
                CaptureStack.run(db, "alter system reset max_slot_wal_keep_size", "select pg_reload_conf()");
            }
        }
    }

    private static String slot(Connection db, String column) {
        return CaptureStack.text(
                db, "select " + column + " from pg_replication_slots where slot_name = 'towpath_broken_broken'");
    }

    private static long room(Connection db) {
        return Long.parseLong(slot(db, "safe_wal_size"));
    }

    private static void newSegment(Connection db) throws SQLException {
        CaptureStack.run(db, "select pg_logical_emit_message(false, 'filler', '')", "select pg_switch_wal()");
    }
}
