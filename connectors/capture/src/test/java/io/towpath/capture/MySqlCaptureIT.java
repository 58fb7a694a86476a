package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.local.ConnectWorker;
import io.towpath.local.DatabaseServer;
import io.towpath.local.MySqlServer;
import io.towpath.local.Part;
import io.towpath.local.TrialSize;
import io.towpath.migration.connect.ConfigProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A MySQL database, where the machine has a server; on a worker on which MySQL's driver was put beside the plugin. */
@Tag("trial-capture")
class MySqlCaptureIT extends BinlogScenarios {

    private static final TrialSize SIZE = TrialSize.current();
    private static final long SEED = SIZE.seed(4711);

    @BeforeAll
    static void assumeInstalled() {
        Assumptions.assumeTrue(Part.isHereOrTold(
                MySqlServer.installed(), "no MySQL on the PATH; nothing is captured from its server"));
    }

    @Test
    void eachActivityComesOnceAndInOrderThoughTheWorkerIsKilledAndTheServerIsDownForAWhile() throws Exception {
        ShopDatabase shop = ShopDatabase.create("mykilled", CaptureStack.postgres());
        ShopDatabase branch = ShopDatabase.create("mybranch", server());
        KillTrial trial = new KillTrial(worker(), "mykilled", SEED);
        try (ActivityTopic topic = new ActivityTopic("mykilled-activity");
                Connection db = branch.connect()) {
            CaptureStack.run(db, "set global binlog_transaction_compression = ON"); // until its restart
            trial.start(KillTrial.config(shop, branch));
            List<Workload> clients = trial.load(SIZE.rounds(2, 10), branch, shop);

            int expected = trial.assertEachOnce(clients, topic);
            TrialSize.figure("capture activities with a MySQL, each once, seed " + SEED, expected);
        } finally {
            rest().delete("mykilled");
        }
    }

    @Test
    void whatAnActorSaysHoldsForWhatIsCommittedBehindItThoughTheWorkerIsKilled() throws Exception {
        String named = name("consent");
        try (Connection db = newDatabase(named);
                ActivityTopic topic = new ActivityTopic(named + "-activity")) {
            CaptureStack.run(
                    db,
                    ORDERS,
                    CONSENT,
                    "insert into consent values ('8', 'activity', true, now())",
                    "insert into orders values (-1, 8, 'old', ''), (-2, 7, 'old', '')");
            Map<String, String> config = withConsent(named);
            config.put("consent.default", "deny");
            config.put("capture.snapshot", "initial");
            config.put("rules.placed.on", "insert,snapshot");
            config.put("databases." + named + ".debezium.database.ssl.mode", "disabled");
            assertThat(rest().validate(config)).isEmpty();
            rest().put(named, config);
            await().atMost(LIMIT).until(() -> object(topic, "-1").isPresent());

            CaptureStack.run(
                    db,
                    "insert into orders values (1, 7, 'new', '')",
                    "insert into consent values ('7', 'activity', true, now())",
                    "insert into orders values (2, 7, 'new', '')");
            await().atMost(LIMIT).until(() -> object(topic, "2").isPresent());
            CaptureStack.run(
                    db,
                    "update consent set allowed = false where actor = '7'",
                    "insert into orders values (3, 7, 'new', '')");
            CaptureStack.kill(worker());
            CaptureStack.run(
                    db,
                    "insert into orders values (4, 7, 'new', '')",
                    "update consent set allowed = true where actor = '7'",
                    "insert into orders values (5, 7, 'new', '')");

            await().atMost(LIMIT).until(() -> object(topic, "5").isPresent());
            assertThat(topic.read())
                    .extracting(seen -> seen.type().equals("actor.erased") ? "erased" : seen.object())
                    .containsExactly("-1", "2", "erased", "5");
        } finally {
            rest().delete(named);
        }
    }

    @Test
    void whatMySqlLacksIsSaidOnTheKeyToChange() throws Exception {
        String named = name("lacks");
        try (Connection db = newDatabase(named)) {
            CaptureStack.run(db, ORDERS);
            Map<String, String> config = ruled(named);
            assertThat(rest().validate(config)).isEmpty();

            assertThat(CaptureStack.rest().validate(config)).singleElement().satisfies(problem -> {
                assertThat(problem).extracting(ConfigProblem::key).isEqualTo("databases." + named + ".connector");
                assertThat(problem.message()).contains("mysql-connector-j", "folder lib");
            });
            assertRefused(db, config, "gtid_mode", "ON_PERMISSIVE", "ON");
            assertRefused(db, config, "binlog_row_image", "MINIMAL", "FULL");
            assertRefused(db, config, "binlog_row_value_options", "PARTIAL_JSON", "");
        }
    }

    /** Debezium's client does not know their events, and would tell their rows by the transaction before. */
    @Test
    void aTransactionWithATagStopsTheTaskInWords() throws Exception {
        String named = name("tag");
        try (Connection db = newDatabase(named);
                ActivityTopic topic = new ActivityTopic(named + "-activity")) {
            CaptureStack.run(db, ORDERS);
            Map<String, String> config = ruled(named);
            config.put("capture.on.database.failure", "fail");
            rest().put(named, config);
            await().atMost(LIMIT).until(() -> !rest().offsets(named).isEmpty());
            CaptureStack.run(db, "insert into orders values (1, 7, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() == 1);

            CaptureStack.run(db, "set gtid_next = 'AUTOMATIC:import'", "insert into orders values (2, 7, 'new', '')");

            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(rest().status(named).toString()).contains("GTIDs without tags"));
            assertThat(topic.read()).extracting(Seen::object).containsExactly("1");
            assertThat(rest().validate(config)).singleElement().satisfies(problem -> {
                assertThat(problem).extracting(ConfigProblem::key).isEqualTo("databases." + named + ".hostname");
                assertThat(problem.message()).contains("tagged GTIDs");
            });
        } finally {
            rest().delete(named);
            try (Connection db = newDatabase(name("untagged"))) {
                CaptureStack.run(db, beginAnew(), ORDERS);
            }
        }
    }

    private void assertRefused(Connection db, Map<String, String> config, String variable, String wrong, String right)
            throws SQLException {
        CaptureStack.run(db, "set global " + variable + " = '" + wrong + "'");
        try {
            assertThat(rest().validate(config)).singleElement().satisfies(problem -> {
                assertThat(problem.key()).endsWith(".hostname");
                assertThat(problem.message()).contains(variable + " = " + wrong + ", wanted: " + right);
            });
        } finally {
            CaptureStack.run(db, "set global " + variable + " = '" + right + "'");
        }
    }

    @Override
    String name(String scenario) {
        return "my" + scenario;
    }

    @Override
    DatabaseServer server() {
        return CaptureStack.mySql();
    }

    @Override
    ConnectWorker worker() {
        return CaptureStack.workerWithMySqlsDriver();
    }

    @Override
    String rightToAsk() {
        return "replication client";
    }

    @Override
    String place() {
        return "@@global.gtid_executed";
    }

    @Override
    String status() {
        return "show binary log status";
    }

    @Override
    String beginAnew() {
        return "reset binary logs and gtids";
    }

    @Override
    String transaction(String place, long number) {
        return place.substring(0, place.indexOf(':') + 1) + number;
    }

    @Override
    void allowPurge(Connection db) {}
}
