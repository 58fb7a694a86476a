package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.PostgresServer;
import io.towpath.migration.connect.ConfigProblem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
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

    private static List<String> keys(Map<String, String> change) {
        return problems(change).stream().map(ConfigProblem::key).toList();
    }

    private static List<ConfigProblem> problems(Map<String, String> change) {
        Map<String, String> config = ActivityCaptureIT.ruled("checked");
        config.putAll(change);
        return CaptureStack.rest().validate(config);
    }
}
