package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.local.PostgresServer;
import io.towpath.migration.connect.ConfigProblem;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.InitialState;
import io.towpath.migration.connect.SourceOffset;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code PUT /connector-plugins/…/config/validate} answers: each mistake on the key to change, and no other. */
@ExtendWith(CaptureStack.class)
class CaptureValidationIT {

    private static final String DB = "databases.checked.";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @BeforeAll
    static void createDatabase() throws Exception {
        try (Connection db = CaptureStack.newDatabase("checked")) {
            CaptureStack.run(
                    db,
                    "create table orders (id int primary key, customer int, status text, note text)",
                    "create table lines (id int primary key, amount int)",
                    "create table parted (id int, customer int) partition by range (id)",
                    "create role weak login password 'weak'",
                    "alter table orders replica identity full");
        }
    }

    @Test
    void aGoodConfigHasNoProblem() {
        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void anUnknownRuleKeyIsNamed() {
        assertThat(keys(Map.of("rules.placed.wenn", "x"))).containsExactly("rules.placed.wenn");
    }

    @Test
    void anUnknownDatabaseKeyIsNamed() {
        assertThat(keys(Map.of(DB + "host", "x"))).containsExactly(DB + "host");
    }

    @Test
    void aKeyOfTheDelegateThatCaptureSetsItselfIsRefused() {
        assertThat(keys(Map.of(DB + "debezium.slot.name", "x"))).containsExactly(DB + "debezium.slot.name");
        assertThat(keys(Map.of(DB + "debezium.max.batch.size", "100"))).isEmpty();
    }

    @Test
    void aTableThatDoesNotExistIsOnTheTable() {
        assertThat(keys(Map.of("rules.placed.table", "public.absent"))).containsExactly("rules.placed.table");
    }

    @Test
    void aColumnThatDoesNotExistIsOnTheKeyThatNamesIt() {
        assertThat(keys(Map.of("rules.placed.actor.id", "${nobody}"))).containsExactly("rules.placed.actor.id");
        assertThat(keys(Map.of("rules.status.columns", "absent"))).containsExactly("rules.status.columns");
    }

    @Test
    void aTableWhoseLogLacksOldRowsIsNamedWithTheStatementThatHelps() {
        Map<String, String> change = new HashMap<>();
        change.put("rules.status.table", "public.lines");
        change.put("rules.status.columns", "amount");
        change.put("rules.status.actor.id", "${id}");

        assertThat(problems(change)).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("rules.status.table");
            assertThat(problem.message()).contains("ALTER TABLE public.lines REPLICA IDENTITY FULL");
        });
    }

    @Test
    void aRuleThatReadsMoreOfADeletedRowThanTheLogHoldsIsOnTheTable() {
        Map<String, String> change = new HashMap<>();
        change.put("rules.removed.table", "public.lines");
        change.put("rules.removed.actor.id", "${id}");
        assertThat(problems(change)).isEmpty();

        change.put("rules.removed.data", "amount");
        assertThat(problems(change)).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("rules.removed.table");
            assertThat(problem.message()).contains("reads amount", "ALTER TABLE public.lines REPLICA IDENTITY FULL");
        });
    }

    @Test
    void aPartitionedTableIsRefused() {
        assertThat(problems(Map.of("rules.placed.table", "public.parted")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("rules.placed.table");
                    assertThat(problem.message()).contains("partitioned");
                });
    }

    @Test
    void aMisspeltKeyIsRefused() {
        assertThat(keys(Map.of("topik", "x", "capture.transaction.max.record", "1")))
                .containsExactlyInAnyOrder("topik", "capture.transaction.max.record");
    }

    @Test
    void aWrongPasswordIsOnThePasswordAndIsNotRepeated() {
        assertThat(problems(Map.of(DB + "password", "mistaken")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo(DB + "password");
                    assertThat(problem.message()).doesNotContain("mistaken");
                });
    }

    @Test
    void aDatabaseThatDoesNotExistIsOnItsName() {
        assertThat(keys(Map.of(DB + "dbname", "absent"))).containsExactly(DB + "dbname");
    }

    @Test
    void aHostThatDoesNotAnswerIsOnTheHostnameInTime() {
        long start = System.nanoTime();

        assertThat(keys(Map.of(DB + "hostname", "192.0.2.1"))).containsExactly(DB + "hostname");
        assertThat(keys(Map.of(DB + "port", "1"))).containsExactly(DB + "hostname");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aUserWhoMayNotReplicateIsOnTheUser() {
        assertThat(keys(Map.of(DB + "user", "weak", DB + "password", "weak"))).containsExactly(DB + "user");
    }

    @Test
    void aServerWithoutLogicalDecodingIsRefusedWithTheStatementThatHelps() throws Exception {
        PostgresServer server = CaptureStack.otherPostgres();
        server.createDatabase("checked");
        try (Connection db = DriverManager.getConnection(server.jdbcUrl("checked"), server.user(), server.password())) {
            CaptureStack.run(
                    db,
                    "create table orders (id int primary key, customer int, status text, note text)",
                    "alter table orders replica identity full",
                    "alter system set wal_level = replica");
        }
        server.stop();
        server.start();
        server.awaitReady();
        Map<String, String> change = Map.of(
                DB + "hostname", server.host(),
                DB + "port", Integer.toString(server.port()),
                DB + "user", server.user(),
                DB + "password", server.password());

        assertThat(problems(change)).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(DB + "hostname");
            assertThat(problem.message()).contains("wal_level = replica", "ALTER SYSTEM SET wal_level = logical");
        });
    }

    @Test
    void exactlyOnceWithoutOurBoundariesIsRefusedAndAtLeastOnceNeedsNone() {
        Map<String, String> polled = Map.of("transaction.boundary", "poll");

        assertThat(keys(polled)).containsExactly("transaction.boundary");
        assertThat(keys(Map.of(
                        "transaction.boundary", "poll",
                        "exactly.once.support", "requested",
                        "delivery", "at-least-once")))
                .isEmpty();
    }

    @Test
    void aSlotThatNoDatabaseOfTheConfigHasIsListedWithTheStatementThatDropsIt() throws Exception {
        String drop = "select pg_drop_replication_slot('towpath_checked_old')";
        try (Connection db = connect()) {
            CaptureStack.run(db, "select pg_create_logical_replication_slot('towpath_checked_old', 'pgoutput')");
            try {
                assertThat(recommended("capture.on.database.removed")).containsExactly(drop);
            } finally {
                CaptureStack.run(db, drop);
            }
            assertThat(recommended("capture.on.database.removed")).isEmpty();
        }
    }

    @Test
    void aPositionThatTheSlotHasLetGoOfAndOneBehindTheLogsEndAreRefusedInWords() throws Exception {
        ConnectRest rest = CaptureStack.rest();
        try (Connection db = connect()) {
            CaptureStack.run(db, "select pg_create_logical_replication_slot('towpath_checked_checked', 'pgoutput')");
            rest.create("checked", ActivityCaptureIT.ruled("checked"), InitialState.STOPPED);
            rest.awaitStopped("checked", LIMIT);
            long first = Long.parseLong(CaptureStack.text(
                    db,
                    "select confirmed_flush_lsn - '0/0' from pg_replication_slots"
                            + " where slot_name = 'towpath_checked_checked'"));

            assertThatThrownBy(() -> moveTo(first - 1))
                    .hasMessageContaining("lsn " + (first - 1) + " of database checked lies before " + first
                            + ", up to which its slot has let go of the log");
            assertThatThrownBy(() -> moveTo(2 * first)).hasMessageContaining("lies behind the log's end");
            assertThat(rest.offsets("checked")).isEmpty();

            moveTo(first);
            assertThat(rest.offsets("checked"))
                    .singleElement()
                    .satisfies(offset -> assertThat(((Number) offset.offset().get("lsn")).longValue())
                            .isEqualTo(first));
        } finally {
            rest.delete("checked");
            try (Connection db = connect()) {
                CaptureStack.run(db, "select pg_drop_replication_slot('towpath_checked_checked')");
            }
        }
    }

    private static Connection connect() throws Exception {
        PostgresServer server = CaptureStack.postgres();
        return DriverManager.getConnection(server.jdbcUrl("checked"), server.user(), server.password());
    }

    private static void moveTo(long lsn) {
        CaptureStack.rest()
                .alterOffsets("checked", List.of(new SourceOffset(Map.of("database", "checked"), Map.of("lsn", lsn))));
    }

    /** What the worker answers beside problems. */
    private static List<String> recommended(String key) throws Exception {
        URI validate =
                CaptureStack.worker().url().resolve("/connector-plugins/ActivityCaptureConnector/config/validate");
        HttpRequest request = HttpRequest.newBuilder(validate)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        new ObjectMapper().writeValueAsString(ActivityCaptureIT.ruled("checked"))))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        List<String> values = new ArrayList<>();
        for (JsonNode config : ActivityTopic.json(answer).path("configs")) {
            if (config.path("value").path("name").asText().equals(key)) {
                config.path("value").path("recommended_values").forEach(value -> values.add(value.asText()));
            }
        }
        return values;
    }

    private static List<String> keys(Map<String, String> change) {
        return problems(change).stream().map(ConfigProblem::key).toList();
    }

    private static List<ConfigProblem> problems(Map<String, String> change) {
        Map<String, String> config = ActivityCaptureIT.ruled("checked");
        config.putAll(change);
        return CaptureStack.rest().validate(config);
    }
}
