package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.local.PostgresServer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two databases on two servers, read by one connector in one task. */
@ExtendWith(CaptureStack.class)
class SeveralDatabasesIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String SECRET = "not a secret, only a test";

    @Test
    void oneDatabaseThatIsDownHoldsBackNoOtherAndComesBackByItself() throws Exception {
        PostgresServer second = CaptureStack.secondPostgres();
        second.createDatabase("crm");
        try (Connection sales = CaptureStack.newDatabase("sales");
                ActivityTopic topic = new ActivityTopic("sales-activity")) {
            createTables(sales);
            try (Connection crm = connect(second)) {
                createTables(crm);
                CaptureStack.rest().put("sales", twoDatabases(second));
                CaptureStack.rest().awaitRunning("sales", LIMIT);
                ActivityCaptureIT.awaitSlot(sales);
                ActivityCaptureIT.awaitSlot(crm);
                CaptureStack.run(crm, "insert into orders values (1, 1, 'new', '')");
                await().atMost(LIMIT).until(() -> topic.read().size() == 1);
            }
            second.kill();

            CaptureStack.run(sales, "insert into orders values (2, 2, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() == 2);
            CaptureStack.rest().awaitRunning("sales", LIMIT);
            await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(CaptureStack.gauge("sales", "reading")).isEqualTo(1);
                assertThat(CaptureStack.gauge("crm", "reading")).isZero();
                assertThat(CaptureStack.gauge("crm", "lag-seconds")).isPositive();
            });

            second.start();
            second.awaitReady();
            try (Connection crm = connect(second)) {
                CaptureStack.run(crm, "insert into orders values (3, 3, 'new', '')");
            }
            await().atMost(LIMIT).until(() -> topic.read().size() == 3);
            assertThat(topic.read())
                    .extracting(
                            seen -> seen.value().path("source").path("database").asText() + " " + seen.object())
                    .containsExactly("crm 1", "sales 2", "crm 3");
            assertThat(CaptureStack.rest().offsets("sales"))
                    .extracting(offset -> offset.partition().get("database"))
                    .containsExactlyInAnyOrder("sales", "crm");
        } finally {
            CaptureStack.rest().delete("sales");
        }
    }

    @Test
    void aDatabaseIsAddedAndTakenOutItsSlotIsKeptAndNamedOrDroppedAsToldAndTheOtherGoesOn() throws Exception {
        try (Connection left = CaptureStack.newDatabase("left");
                Connection gone = CaptureStack.newDatabase("gone");
                ActivityTopic topic = new ActivityTopic("left-activity")) {
            createTables(left);
            createTables(gone);
            Map<String, String> config = ActivityCaptureIT.ruled("left");
            CaptureStack.rest().put("left", config);
            CaptureStack.rest().awaitRunning("left", LIMIT);
            ActivityCaptureIT.awaitSlot(left);
            CaptureStack.run(left, "insert into orders values (1, 1, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() == 1);

            config.put("databases", "left,gone");
            for (String key : List.of("hostname", "port", "user", "password")) {
                config.put("databases.gone." + key, config.get("databases.left." + key));
            }
            CaptureStack.rest().put("left", config);
            ActivityCaptureIT.awaitSlot(gone);
            CaptureStack.run(gone, "insert into orders values (2, 1, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() == 2);

            config.put("databases", "left");
            CaptureStack.rest().put("left", config);
            CaptureStack.rest().awaitRunning("left", LIMIT);
            await().atMost(LIMIT)
                    .until(() -> Files.readString(CaptureStack.worker().log())
                            .contains("run there: select pg_drop_replication_slot('towpath_left_gone')"));
            assertThat(slots(gone)).isEqualTo("1");
            await().atMost(LIMIT).until(() -> CaptureStack.gauge("gone", "removed-slot-kept") == 1);

            config.put("capture.on.database.removed", "drop");
            CaptureStack.rest().put("left", config);
            await().atMost(LIMIT).until(() -> "0".equals(slots(gone)));
            CaptureStack.run(left, "insert into orders values (3, 1, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() == 3);
            assertThat(topic.read()).extracting(Seen::object).containsExactly("1", "2", "3");
        } finally {
            CaptureStack.rest().delete("left");
        }
    }

    private static String slots(Connection db) {
        return CaptureStack.text(db, "select count(*) from pg_replication_slots where slot_name = 'towpath_left_gone'");
    }

    @Test
    void whatATransactionSaysOfItselfIsJoinedToItsActivitiesAndNamesAreReplaced() throws Exception {
        try (Connection db = CaptureStack.newDatabase("said");
                ActivityTopic topic = new ActivityTopic("said-activity")) {
            createTables(db);
            Map<String, String> config = ActivityCaptureIT.ruled("said");
            config.put("context.message.prefix", "ctx");
            config.put("pseudonyms.fields", "actor.id,context.request");
            config.put("pseudonyms.truncate.ip", "context.ip");
            config.put("pseudonyms.keys", "k1");
            config.put("pseudonyms.keys.k1.secret", SECRET);
            CaptureStack.rest().put("said", config);
            CaptureStack.rest().awaitRunning("said", LIMIT);
            ActivityCaptureIT.awaitSlot(db);

            db.setAutoCommit(false);
            CaptureStack.run(
                    db,
                    "select pg_logical_emit_message(true, 'ctx',"
                            + " '{\"actor\":\"eve\",\"request\":\"r-1\",\"ip\":\"192.0.2.77\",\"token\":\"hidden\"}')",
                    "insert into orders values (1, null, 'new', ''), (2, 5, 'new', '')");
            db.commit();
            CaptureStack.run(db, "insert into orders values (3, 5, 'new', '')");
            db.commit();

            await().atMost(LIMIT).until(() -> topic.read().size() == 3);
            List<Seen> seen = topic.read();
            assertThat(seen.toString()).doesNotContain("eve", "r-1", "192.0.2.77", "hidden", SECRET);
            assertThat(seen.get(0).key())
                    .startsWith("k1.")
                    .isNotEqualTo(seen.get(1).key());
            assertThat(seen.get(1).key()).isEqualTo(seen.get(2).key());
            JsonNode context =
                    ActivityTopic.json(seen.get(0).value().path("context").asText());
            assertThat(context.path("ip").asText()).isEqualTo("192.0.2.0");
            assertThat(context.path("request").asText()).startsWith("k1.");
            assertThat(seen.get(2).value().path("context").isNull()).isTrue();
        } finally {
            CaptureStack.rest().delete("said");
        }
    }

    private static Map<String, String> twoDatabases(PostgresServer second) {
        Map<String, String> config = ActivityCaptureIT.ruled("sales");
        config.put("databases", "sales,crm");
        config.put("databases.crm.hostname", second.host());
        config.put("databases.crm.port", Integer.toString(second.port()));
        config.put("databases.crm.user", second.user());
        config.put("databases.crm.password", second.password());
        return config;
    }

    private static Connection connect(PostgresServer server) throws Exception {
        return DriverManager.getConnection(server.jdbcUrl("crm"), server.user(), server.password());
    }

    private static void createTables(Connection db) throws Exception {
        CaptureStack.run(
                db,
                "create table orders (id int primary key, customer int, status text, note text)",
                "alter table orders replica identity full");
    }
}
