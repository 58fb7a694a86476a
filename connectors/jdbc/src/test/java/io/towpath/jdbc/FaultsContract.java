package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.P1;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.sql.Dialects;
import io.towpath.local.TrialSize;
import io.towpath.local.link.TcpLink;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In append mode the table has each record once, whatever the network does. Every dialect passes it. */
@Tag("trial-jdbc-sink")
abstract class FaultsContract {
    private static final int TRIES = 10;

    /** An empty database. */
    abstract Database create(String name);

    private static int rounds() {
        return TrialSize.current().rounds(20, 20);
    }

    Database eventsTable(String name) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE events (id bigint, name varchar(50))");
        return database;
    }

    @Test
    void aCommitWhoseAnswerIsCutOffIsNeitherLostNorRepeated() throws Exception {
        assertThat(rowsAfterCuts(eventsTable("answer"), "COMMIT")).isEqualTo(50L * rounds());
        TrialSize.figure("commits whose answer was cut off", rounds());
    }

    @Test
    void aConnectionCutInTheMiddleOfATransactionLeavesNothingOfIt() throws Exception {
        assertThat(rowsAfterCuts(eventsTable("middle"), "INSERT INTO")).isEqualTo(50L * rounds());
        TrialSize.figure("connections cut inside a transaction", rounds());
    }

    private static long rowsAfterCuts(Database database, String request) throws Exception {
        try (TcpLink link = TcpLink.to(database.port());
                Owner owner = new Owner(database.through(link.port())).opens(P0)) {
            for (int round = 0; round < rounds(); round++) {
                CompletableFuture<Void> cut = link.cutAtAnswerTo(request);
                List<SinkRecord> batch = rows(P0, round * 50L, round * 50L + 50);
                putUntilItPasses(owner, batch);
                assertThat(cut).as("round " + round).succeedsWithin(Duration.ofSeconds(10));
            }
        }
        assertThat(database.rows("SELECT id FROM events GROUP BY id HAVING count(*) > 1"))
                .isEmpty();
        return database.count("events");
    }

    static void putUntilItPasses(Owner owner, List<SinkRecord> batch) {
        for (int i = 0; i < TRIES; i++) {
            try {
                owner.puts(batch);
                return;
            } catch (RetriableException again) {
                assertThat(owner.context.timeout).isPositive();
            }
        }
        throw new AssertionError("not written after " + TRIES + " tries");
    }

    @Test
    void whileTheDatabaseCannotBeReachedAPartitionWaitsAndTheTaskLives() throws Exception {
        Database database = eventsTable("away");
        try (TcpLink link = TcpLink.to(database.port())) {
            link.down();
            try (Owner owner = new Owner(database.through(link.port())).opens(P0)) {
                assertThatThrownBy(() -> owner.puts(flat(P0, 0, 1, "a"))).isInstanceOf(RetriableException.class);
                assertThat(owner.commits(P0, 0)).isEmpty();
                link.mend();
                owner.puts(flat(P0, 0, 1, "a"));
            }
        }
        assertThat(database.count("events")).isEqualTo(1);
    }

    @Test
    void aBatchThatALateTakeOverDropsIsReadAgainAndNotPassedOver() throws Exception {
        Database database = eventsTable("late");
        try (Owner before = new Owner(database.config()).opens(P0)) {
            before.puts(flat(P0, 89, 89, "before"));
        }
        try (TcpLink link = TcpLink.to(database.port())) {
            link.down();
            try (Owner owner = new Owner(database.through(link.port())).opens(P0)) {
                List<SinkRecord> batch = rows(P0, 90, 150);
                assertThatThrownBy(() -> owner.puts(batch)).isInstanceOf(RetriableException.class);
                link.mend();
                owner.puts(batch);
                assertThat(owner.context.seeks).containsExactly(Map.entry(P0, 90L));

                // Connect commits before it seeks, and believes that the batch was written.
                assertThat(owner.commits(P0, 150).get(P0).offset()).isEqualTo(90);
                owner.puts(batch);
                assertThat(owner.commits(P0, 150).get(P0).offset()).isEqualTo(150);
            }
        }
        assertThat(database.count("events")).isEqualTo(61);
    }

    @Test
    void aBatchThatFailsAfterALateTakeOverIsReadAgainToo() throws Exception {
        Database database = create("latefails");
        database.run("CREATE TABLE events (id bigint PRIMARY KEY, name varchar(50))");
        Map<String, String> quick = database.config("session.lock.timeout.ms", "1000");
        try (Owner before = new Owner(quick).opens(P0)) {
            before.puts(flat(P0, 89, 89, "before"));
        }
        try (TcpLink link = TcpLink.to(database.port())) {
            link.down();
            Map<String, String> config = database.through(link.port());
            config.put("session.lock.timeout.ms", "1000");
            try (Owner owner = new Owner(config).opens(P0, P1)) {
                link.mend();
                List<SinkRecord> batch = new ArrayList<>(rows(P0, 90, 150));
                batch.add(flat(P1, 0, 1000, "held up"));
                try (Connection blocker = database.connect()) {
                    blocker.setAutoCommit(false);
                    blocker.createStatement().execute("INSERT INTO events VALUES (1000, 'never committed')");
                    owner.takes(batch);
                    // Connect commits before it seeks, and believes that the batch was written.
                    assertThat(owner.commits(P0, 150).get(P0).offset()).isEqualTo(90);
                    assertThatThrownBy(() -> owner.takes(List.of())).isInstanceOf(RetriableException.class);
                    blocker.rollback();
                }
                owner.puts();
                assertThat(database.rows("SELECT id FROM events ORDER BY id")).containsExactly("89", "1000");
                assertThat(owner.commits(P0, 90).get(P0).offset()).isEqualTo(90);

                owner.puts(rows(P0, 90, 150));
                assertThat(database.count("events")).isEqualTo(62);
            }
        }
    }

    @Test
    void anUnwrittenPartitionTakenOverAmidAFailedBatchIsNotPassedOver() throws Exception {
        Database database = eventsTable("amid");
        try (TcpLink link = TcpLink.to(database.port());
                Owner owner = new Owner(database.through(link.port())).opens(P0)) {
            link.down();
            assertThatThrownBy(() -> owner.puts(rows(P0, 0, 60))).isInstanceOf(RetriableException.class);
            link.mend();
            // A rebalance: Connect drops the batch, and with the next one it still counts its end as read.
            owner.loses(P0).opens(P0);
            owner.puts();
            assertThat(owner.commits(P0, 60)).isEmpty();

            owner.puts(rows(P0, 0, 60));
        }
        assertThat(database.count("events")).isEqualTo(60);
    }

    @Test
    void aStepPastDroppedRecordsWhoseAnswerIsCutOffIsFound() throws Exception {
        Database database = eventsTable("step");
        try (TcpLink link = TcpLink.to(database.port());
                Owner owner = new Owner(database.through(link.port())).opens(P0)) {
            owner.puts(flat(P0, 0, 1, "a"));
            CompletableFuture<Void> cut = link.cutAtAnswerTo("COMMIT");
            owner.commits(P0, 500);
            assertThat(cut).succeedsWithin(Duration.ofSeconds(10));

            assertThat(owner.commits(P0, 500).get(P0).offset()).isEqualTo(500);
            assertThat(owner.commits(P0, 600).get(P0).offset()).isEqualTo(600);
            owner.puts(flat(P0, 600, 2, "b"));
        }
        assertThat(database.count("events")).isEqualTo(2);
    }

    static List<SinkRecord> rows(TopicPartition partition, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(i -> flat(partition, i, i, "row"))
                .toList();
    }

    @Test
    void aSessionThatStandsStillInsideATransactionIsEndedAndItsPartitionTakenOverAfterAWaitInWords() throws Exception {
        Database database = eventsTable("stands");
        Map<String, String> config =
                database.config("session.idle.timeout.ms", "3000", "session.lock.timeout.ms", "500");
        try (Owner first = new Owner(config).opens(P0)) {
            first.puts(flat(P0, 0, 1, "a"));
        }
        SinkConfig sink = SinkConfig.parse(config);
        try (Connection stopped =
                Dialects.of(sink.connection().url()).connect(sink.connection(), "stopped like a SIGSTOPped task")) {
            stopped.createStatement().executeUpdate("UPDATE towpath_sink_offsets SET next_offset = 999");
            try (WorkerLog log = new WorkerLog();
                    Owner next = new Owner(config).opens(P0)) {
                assertThat(next.context.seeks).containsExactly(Map.entry(P0, 1L));
                assertThat(log.text())
                        .contains("Waiting for partitions [events-0]: another session still holds their rows of table"
                                + " towpath_sink_offsets; the database ends it after 3000 ms of standing still."
                                + " Asked again for at most 3500 ms, then with each batch");
                next.puts(flat(P0, 1, 2, "b"));
            }
        }
        assertThat(database.count("events")).isEqualTo(2);
    }
}
