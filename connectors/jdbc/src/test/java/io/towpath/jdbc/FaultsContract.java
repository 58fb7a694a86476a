package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.sql.Dialects;
import io.towpath.local.link.TcpLink;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** In append mode the table has each record once, whatever the network does. Every dialect passes it. */
abstract class FaultsContract {
    private static final int TRIES = 10;

    /** An empty database. */
    abstract Database create(String name);

    /** How many cuts; a trial asks for more. */
    private static int rounds() {
        return Integer.getInteger("towpath.rounds", 20);
    }

    private Database eventsTable(String name) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE events (id bigint, name varchar(50))");
        return database;
    }

    @Test
    void aCommitWhoseAnswerIsCutOffIsNeitherLostNorRepeated() throws Exception {
        assertThat(rowsAfterCuts(eventsTable("answer"), "COMMIT")).isEqualTo(50L * rounds());
    }

    @Test
    void aConnectionCutInTheMiddleOfATransactionLeavesNothingOfIt() throws Exception {
        assertThat(rowsAfterCuts(eventsTable("middle"), "INSERT INTO")).isEqualTo(50L * rounds());
    }

    private static long rowsAfterCuts(Database database, String request) throws Exception {
        try (TcpLink link = TcpLink.to(database.port());
                Owner owner = new Owner(database.through(link.port())).opens(P0)) {
            for (int round = 0; round < rounds(); round++) {
                CompletableFuture<Void> cut = link.cutAtAnswerTo(request);
                List<SinkRecord> batch = LongStream.range(round * 50L, round * 50L + 50)
                        .mapToObj(i -> flat(P0, i, i, "row"))
                        .toList();
                putUntilItPasses(owner, batch);
                assertThat(cut).as("round " + round).succeedsWithin(Duration.ofSeconds(10));
            }
        }
        assertThat(database.rows("SELECT id FROM events GROUP BY id HAVING count(*) > 1"))
                .isEmpty();
        return database.count("events");
    }

    private static void putUntilItPasses(Owner owner, List<SinkRecord> batch) {
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
    void aSessionThatStandsStillInsideATransactionIsEndedAndItsPartitionTakenOver() throws Exception {
        Database database = eventsTable("stands");
        Map<String, String> config =
                database.config("session.idle.timeout.ms", "2000", "session.lock.timeout.ms", "500");
        try (Owner first = new Owner(config).opens(P0)) {
            first.puts(flat(P0, 0, 1, "a"));
        }
        SinkConfig sink = SinkConfig.parse(config);
        try (Connection stopped =
                Dialects.of(sink.connection().url()).connect(sink.connection(), "stopped like a SIGSTOPped task")) {
            stopped.createStatement().executeUpdate("UPDATE towpath_sink_offsets SET next_offset = 999");
            try (Owner next = new Owner(config).opens(P0)) {
                assertThat(next.context.seeks).containsExactly(Map.entry(P0, 1L));
                next.puts(flat(P0, 1, 2, "b"));
            }
        }
        assertThat(database.count("events")).isEqualTo(2);
    }
}
