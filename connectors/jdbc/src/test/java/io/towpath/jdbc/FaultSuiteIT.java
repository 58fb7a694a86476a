package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.TrialSize;
import io.towpath.local.WorkerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged plugin on real servers, in append mode: the table has each record once, whatever is killed or stopped,
 * and whenever.
 */
@Tag("trial-jdbc-sink")
class FaultSuiteIT {
    private static final TrialSize SIZE = TrialSize.current();
    private static final int ROWS = 2_000;

    @TempDir
    static Path directory;

    private static Stack stack;
    private static KafkaCluster cluster;
    private static PostgresServer server;
    private static ConnectWorker worker;

    private final long seed = SIZE.seed(7);
    private final Random random = new Random(seed);

    @BeforeAll
    static void start() {
        stack = Stack.embedded(directory);
        cluster = stack.kafka("dc1", 1);
        server = stack.postgres("pg");
        worker = stack.connect("worker-1", cluster, WorkerSettings.of(Plugins.jdbc()));
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    private static Flow flow(String name) throws Exception {
        return Flow.start(cluster, server, worker, name);
    }

    /** Writes some more, and waits until a random part of it is in the table. */
    private void writeAndWaitForSome(Flow flow) throws Exception {
        long before = flow.topic().written();
        flow.topic().write(ROWS);
        flow.awaitRows(before + random.nextInt(ROWS));
    }

    private static void restart(Server killed) {
        killed.kill();
        killed.start();
        killed.awaitReady();
    }

    @Test
    void workersKilledAtRandomMomentsLoseAndRepeatNothing() throws Exception {
        assertSurvives("killed", worker, SIZE.rounds(1, 10), "worker kills");
    }

    @Test
    void aDatabaseKilledAtRandomMomentsLosesAndRepeatsNothing() throws Exception {
        assertSurvives("crashed", server, SIZE.rounds(1, 5), "database kills");
    }

    private void assertSurvives(String name, Server victim, int kills, String what) throws Exception {
        try (Flow flow = flow(name)) {
            for (int kill = 0; kill < kills; kill++) {
                writeAndWaitForSome(flow);
                restart(victim);
            }
            flow.assertEachRecordOnceAfterTheEnd();
            TrialSize.figure(
                    "records after " + kills + " " + what + ", seed " + seed,
                    flow.topic().written());
        }
    }

    @Test
    void aWorkerThatStandsStillBetweenTransactionsWritesNothingWhenItComesBack() throws Exception {
        int rounds = SIZE.rounds(1, 3);
        try (Flow flow = flow("stopped")) {
            ConnectWorker other = stack.connect("worker-2", cluster, WorkerSettings.of(Plugins.jdbc()));
            for (int round = 0; round < rounds; round++) {
                flow.rest().awaitTasks("stopped", 2, "RUNNING");
                writeAndWaitForSome(flow);
                other.pause();
                flow.topic().write(ROWS);
                flow.awaitRows(flow.topic().written());
                other.resume();
                flow.topic().write(ROWS);
                flow.assertEachRecordOnce();
            }
            flow.assertEachRecordOnceAfterTheEnd();
            other.stop();
            TrialSize.figure(
                    "records after " + rounds + " stops between transactions, seed " + seed,
                    flow.topic().written());
        }
    }

    @Test
    void aWorkerThatStandsStillInsideATransactionLosesItToItsSuccessor() throws Exception {
        int rounds = SIZE.rounds(1, 3);
        try (Flow flow = flow("inside")) {
            for (int round = 0; round < rounds; round++) {
                ConnectWorker other = stack.connect("worker-in-" + round, cluster, WorkerSettings.of(Plugins.jdbc()));
                flow.rest().awaitTasks("inside", 2, "RUNNING");
                writeAndWaitForSome(flow);
                pauseInsideATransaction(flow, other);
                flow.topic().write(ROWS);
                flow.awaitRows(flow.topic().written());
                other.resume();
                flow.topic().write(ROWS);
                flow.assertEachRecordOnce();
                other.stop();
            }
            flow.assertEachRecordOnceAfterTheEnd();
            TrialSize.figure(
                    "records after " + rounds + " stops inside transactions, seed " + seed,
                    flow.topic().written());
        }
    }

    /** Holds the table until every task has moved the fence and waits for it, stops the worker, and lets go. */
    private static void pauseInsideATransaction(Flow flow, ConnectWorker other) throws Exception {
        try (Connection holder = flow.database().connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE inside IN SHARE ROW EXCLUSIVE MODE");
            flow.topic().write(ROWS);
            Awaitility.await("both tasks wait inside a transaction")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> flow.database()
                                    .rows("SELECT 1 FROM pg_stat_activity WHERE datname = 'inside'"
                                            + " AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO%'")
                                    .size()
                            == 2);
            other.pause();
            holder.rollback();
        }
    }

    @Test
    void rebalancesWhileWritingLoseAndRepeatNothing() throws Exception {
        int rounds = SIZE.rounds(3, 12);
        try (Flow flow = flow("rebalanced")) {
            for (int round = 0; round < rounds; round++) {
                writeAndWaitForSome(flow);
                flow.configure("tasks.max", String.valueOf(1 + (round + 2) % 4));
            }
            flow.assertEachRecordOnceAfterTheEnd();
            TrialSize.figure(
                    "records after " + rounds + " changes of tasks.max, seed " + seed,
                    flow.topic().written());
        }
    }

    @Test
    void aReplayFromTheBeginningLeavesAKeyedTableAsItIs() throws Exception {
        try (Flow flow = flow("replayed")) {
            flow.rest().stop("replayed");
            flow.database().run("DROP TABLE replayed; CREATE TABLE replayed (id bigint PRIMARY KEY, name text)");
            flow.configure("insert.mode", "upsert");
            flow.configure("primary.key.mode", "record_value");
            flow.configure("primary.key.fields", "id");
            flow.rest().call("PUT", flow.path("/resume"), null);
            flow.topic().write(SIZE.of(ROWS, 20_000));
            flow.assertEachRecordOnce();
            String before = flow.database()
                    .rows("SELECT md5(string_agg(t::text, ';' ORDER BY id)) FROM replayed t")
                    .get(0);

            flow.rest().stop("replayed");
            flow.rest().call("DELETE", flow.path("/offsets"), null);
            flow.rest().call("PUT", flow.path("/resume"), null);
            Awaitility.await("everything is written once more")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> flow.database()
                            .rows("SELECT sum(next_offset) FROM towpath_sink_offsets")
                            .equals(java.util.List.of(
                                    String.valueOf(flow.topic().written()))));
            assertThat(flow.database().rows("SELECT md5(string_agg(t::text, ';' ORDER BY id)) FROM replayed t"))
                    .containsExactly(before);
        }
    }
}
