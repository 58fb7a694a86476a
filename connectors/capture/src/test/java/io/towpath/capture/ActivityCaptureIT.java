package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.local.TrialSize;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CaptureStack.class)
class ActivityCaptureIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int ROWS = TrialSize.current().of(20_000, 100_000);
    private static final long MOST_RETAINED = 64 << 20;

    @Test
    void theWorkerSeesOurClassAloneAndNothingOfDebezium() {
        assertThat(CaptureStack.rest().plugins().keySet())
                .filteredOn(name -> !name.startsWith("org.apache.kafka."))
                .containsExactly(ActivityCaptureConnector.class.getName());
    }

    @Test
    void insertsUpdatesOfNamedColumnsDeletesAndMessagesBecomeActivities() throws Exception {
        try (Connection db = CaptureStack.newDatabase("kinds");
                ActivityTopic topic = new ActivityTopic("kinds-activity")) {
            CaptureStack.run(
                    db,
                    "create table orders (id int primary key, customer int, status text, note text)",
                    "alter table orders replica identity full");
            CaptureStack.rest().put("kinds", ruled("kinds"));
            CaptureStack.rest().awaitRunning("kinds", LIMIT);
            awaitSlot(db);

            CaptureStack.run(
                    db,
                    "insert into orders values (1, 7, 'new', 'secret'), (2, 8, 'new', 'secret')",
                    "update orders set status = 'paid' where id = 1",
                    "update orders set note = 'other' where id = 2",
                    "delete from orders where id = 2",
                    "select pg_logical_emit_message(true, 'page-view', '{\"user\":7,\"page\":\"home\"}')",
                    "select pg_logical_emit_message(false, 'page-view', '{\"user\":8,\"page\":\"cart\"}')");

            await().atMost(LIMIT).until(() -> topic.read().size() >= 6);
            List<Seen> seen = topic.read();
            assertThat(seen)
                    .extracting(Seen::type, Seen::key, Seen::object)
                    .containsExactly(
                            tuple("order.placed", "7", "1"),
                            tuple("order.placed", "8", "2"),
                            tuple("order.status", "7", "1"),
                            tuple("order.removed", "8", "2"),
                            tuple("page.viewed", "7", "home"),
                            tuple("page.viewed", "8", "cart"));
            assertThat(seen).extracting(Seen::id).doesNotHaveDuplicates();
            assertThat(seen.toString()).doesNotContain("secret");
            assertThat(seen.get(0).headers())
                    .containsEntry("ce_id", seen.get(0).id())
                    .containsEntry("ce_type", "order.placed")
                    .containsEntry("ce_partitionkey", "7");
        } finally {
            CaptureStack.rest().delete("kinds");
        }
    }

    @Test
    @Tag("trial-capture")
    void changesThatNoRuleMatchesAreReleasedAndTheStoredOffsetFollows() throws Exception {
        try (Connection db = CaptureStack.newDatabase("idle")) {
            CaptureStack.run(
                    db,
                    "create table orders (id int primary key, customer int, status text, note text)",
                    "alter table orders replica identity full");
            CaptureStack.rest().put("idle", ruled("idle"));
            CaptureStack.rest().awaitRunning("idle", LIMIT);
            awaitSlot(db);
            CaptureStack.run(
                    db,
                    "insert into orders select n, 1, 'x', repeat('y', 100) from generate_series(1, " + ROWS + ") n");
            CaptureStack.run(db, "update orders set note = 'z'");
            String end = CaptureStack.text(db, "select pg_current_wal_lsn() - '0/0'");

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(
                                    Long.parseLong(
                                            CaptureStack.text(
                                                    db,
                                                    "select confirmed_flush_lsn - '0/0' from pg_replication_slots where slot_name = 'towpath_idle_idle'")))
                            .isGreaterThanOrEqualTo(Long.parseLong(end)));
            await().atMost(LIMIT) // the slot's restart_lsn follows the server's own snapshots of what is running
                    .until(() -> retained(db) < MOST_RETAINED);
            TrialSize.figure("capture unmatched changes", 2 * ROWS);
            TrialSize.figure("capture bytes of log retained after them", retained(db));
            assertThat(CaptureStack.rest().offsets("idle")).singleElement().satisfies(offset -> {
                assertThat(offset.partition()).isEqualTo(Map.of("database", "idle"));
                assertThat(((Number) offset.offset().get("lsn")).longValue())
                        .isGreaterThanOrEqualTo(Long.parseLong(end));
            });
        } finally {
            CaptureStack.rest().delete("idle");
        }
    }

    private static long retained(Connection db) {
        return Long.parseLong(CaptureStack.text(
                db,
                "select (pg_current_wal_lsn() - restart_lsn)::bigint from pg_replication_slots"
                        + " where slot_name = 'towpath_idle_idle'"));
    }

    static void awaitSlot(Connection db) {
        await().atMost(LIMIT)
                .until(() -> "t"
                        .equals(CaptureStack.text(
                                db, "select active from pg_replication_slots where database = current_database()")));
    }

    /** Rules for the table {@code public.orders} and for page views. */
    static Map<String, String> ruled(String name) {
        Map<String, String> config = CaptureStack.config(name);
        config.put("rules", "placed,status,removed,viewed");
        for (String rule : List.of("placed", "status", "removed")) {
            config.put("rules." + rule + ".table", "public.orders");
            config.put("rules." + rule + ".type", "order." + rule);
            config.put("rules." + rule + ".actor.id", "${customer}");
            config.put("rules." + rule + ".object.type", "order");
            config.put("rules." + rule + ".object.id", "${id}");
        }
        config.put("rules.placed.on", "insert");
        config.put("rules.status.on", "update");
        config.put("rules.status.columns", "status");
        config.put("rules.removed.on", "delete");
        config.put("rules.viewed.message.prefix", "page-view");
        config.put("rules.viewed.type", "page.viewed");
        config.put("rules.viewed.actor.id", "${user}");
        config.put("rules.viewed.object.type", "page");
        config.put("rules.viewed.object.id", "${page}");
        return config;
    }
}
