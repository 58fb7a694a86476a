package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.P1;
import static io.towpath.jdbc.Events.activity;
import static io.towpath.jdbc.Events.flat;
import static io.towpath.jdbc.Events.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.fence.Overtaken;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** The task itself on a real database: who may write, from where, and what is told. Every dialect passes it. */
abstract class FencingContract {
    private static final String OFFSETS = "SELECT next_offset FROM towpath_sink_offsets ORDER BY 1";

    /** An empty database. */
    abstract Database create(String name);

    private Database eventsTable(String name) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE events (id bigint, name text)");
        return database;
    }

    @Test
    void rowsAndOffsetsAreWrittenTogether() throws Exception {
        Database database = eventsTable("together");
        try (Owner owner = new Owner(database.config()).opens(P0, P1)) {
            owner.puts(flat(P0, 0, 1, "a"), flat(P1, 7, 2, null), flat(P0, 5, 3, "it's \"quoted\" \\ {,}"));

            assertThat(database.rows("SELECT * FROM events ORDER BY id"))
                    .containsExactly("1|a", "2|null", "3|it's \"quoted\" \\ {,}");
            assertThat(database.rows(OFFSETS)).containsExactly("6", "8");
            assertThat(owner.commits(P0, 6)).containsEntry(P0, new OffsetAndMetadata(6, "epoch 1"));
        }
    }

    @Test
    void aNewOwnerReadsOnFromTheStoredOffsetAndTheOldOneWritesNothing() throws Exception {
        Database database = eventsTable("zombie");
        try (Owner zombie = new Owner(database.config()).opens(P0);
                Owner owner = new Owner(database.config())) {
            zombie.puts(flat(P0, 0, 1, "a"));
            owner.opens(P0);
            assertThat(owner.context.seeks).containsExactly(Map.entry(P0, 1L));

            assertThatThrownBy(() -> zombie.puts(flat(P0, 1, 2, "zombie's")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("taken over by another task");
            owner.puts(flat(P0, 1, 2, "owner's"));

            assertThat(database.rows("SELECT * FROM events ORDER BY id")).containsExactly("1|a", "2|owner's");
        }
    }

    @Test
    void aTaskThatLosesAPartitionWaitsForTheWorkerToTakeItAwayAndGoesOnWithTheRest() throws Exception {
        Database database = eventsTable("loses");
        try (Owner slow = new Owner(database.config()).opens(P0, P1);
                Owner owner = new Owner(database.config()).opens(P0)) {
            List<SinkRecord> batch = List.of(flat(P0, 0, 1, "never"), flat(P1, 0, 2, "slow's"));
            assertThatThrownBy(() -> slow.puts(batch)).isInstanceOf(RetriableException.class);
            owner.puts(flat(P0, 0, 1, "owner's"));
            slow.loses(P0).puts();
            slow.puts(flat(P1, 1, 3, "slow's"));
        }
        assertThat(database.rows("SELECT * FROM events ORDER BY id"))
                .containsExactly("1|owner's", "2|slow's", "3|slow's");
    }

    @Test
    void aTaskWhosePartitionIsNeverTakenAwayStops() throws Exception {
        Database database = eventsTable("rival");
        try (Owner first = new Owner(database.config("session.lock.timeout.ms", "100")).opens(P0);
                Owner rival = new Owner(database.config()).opens(P0)) {
            rival.puts(flat(P0, 0, 1, "rival's"));
            assertThatThrownBy(() -> {
                        while (true) {
                            try {
                                first.puts(flat(P0, 0, 1, "never"));
                            } catch (RetriableException again) {
                                assertThat(again).hasMessageContaining("taken over by another task");
                            }
                        }
                    })
                    .isInstanceOf(Overtaken.class);
        }
        assertThat(database.rows("SELECT * FROM events")).containsExactly("1|rival's");
    }

    @Test
    void aCommitWhoseAnswerWasLostIsFoundAndNotRepeated() throws Exception {
        Database database = eventsTable("lost");
        SinkRecord[] batch = {flat(P0, 0, 1, "a"), flat(P0, 1, 2, "b")};
        try (Owner owner = new Owner(database.config()).opens(P0)) {
            owner.puts(flat(P0, 0, 1, "a"));
            // The same as a commit that happened while its answer did not come: the table is ahead of the task.
            database.run("UPDATE towpath_sink_offsets SET next_offset = 2");
            database.run("INSERT INTO events VALUES (2, 'b')");

            owner.puts(batch[1], flat(P0, 2, 3, "c"));
        }
        assertThat(database.rows("SELECT * FROM events ORDER BY id")).containsExactly("1|a", "2|b", "3|c");
        assertThat(database.rows(OFFSETS)).containsExactly("3");
    }

    @Test
    void aRecordBelowTheStoredOffsetMeansAResetLogAndIsRefusedInWords() throws Exception {
        Database database = eventsTable("reset");
        try (Owner owner = new Owner(database.config()).opens(P0)) {
            owner.puts(flat(P0, 10, 1, "a"));
            assertThatThrownBy(() -> owner.puts(flat(P0, 0, 1, "a")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("events-0@0 stands before offset 11")
                    .hasMessageContaining("set the offset of each of its partitions to null");
        }
        assertThat(database.count("events")).isEqualTo(1);
    }

    @Test
    void aBatchThatComesAgainPartlyWrittenIsNoResetLog() throws Exception {
        Database database = create("partly");
        database.run("CREATE TABLE events (id bigint PRIMARY KEY, name varchar(50))");
        SinkRecord[] batch = {flat(P0, 1, 2, "b"), flat(P0, 2, 3, "c")};
        try (Owner owner = new Owner(database.config("session.lock.timeout.ms", "1000")).opens(P0)) {
            owner.puts(flat(P0, 0, 1, "a"));
            // The first of the batch was committed and the answer lost; the rest is held up.
            database.run("UPDATE towpath_sink_offsets SET next_offset = 2");
            database.run("INSERT INTO events VALUES (2, 'b')");
            try (var blocker = database.connect()) {
                blocker.setAutoCommit(false);
                blocker.createStatement().execute("INSERT INTO events VALUES (3, 'never committed')");
                assertThatThrownBy(() -> owner.puts(batch)).isInstanceOf(RetriableException.class);
                blocker.rollback();
            }
            owner.puts(batch);
            assertThat(database.rows("SELECT * FROM events ORDER BY id")).containsExactly("1|a", "2|b", "3|c");

            assertThatThrownBy(() -> owner.puts(flat(P0, 0, 9, "of another log")))
                    .hasMessageContaining("events-0@0 stands before offset 3");
        }
    }

    @Test
    void recordsThatTheFrameworkDroppedArePassedOverInTheTableToo() throws Exception {
        Database database = eventsTable("dropped");
        try (Owner owner = new Owner(database.config()).opens(P0)) {
            owner.puts(flat(P0, 0, 1, "a"));
            assertThat(owner.commits(P0, 500).get(P0).offset()).isEqualTo(500);
        }
        assertThat(database.rows(OFFSETS)).containsExactly("500");
    }

    @Test
    void offsetsFollowTheOriginalTopicAndRowsTheRenamedOne() throws Exception {
        Database database = eventsTable("renamed");
        database.run("CREATE TABLE other (id bigint, name text)");
        try (Owner owner = new Owner(database.config()).opens(P0)) {
            SinkRecord renamed = flat(P0, 3, 1, "a");
            owner.puts(renamed.newRecord(
                    "other", 9, renamed.keySchema(), renamed.key(), renamed.valueSchema(), renamed.value(), null));
        }
        assertThat(database.count("other")).isEqualTo(1);
        assertThat(database.rows("SELECT topic, next_offset FROM towpath_sink_offsets"))
                .containsExactly("events|4");
    }

    @Test
    void aFailedBatchLeavesNothingAndIsTriedAgainByTheFramework() throws Exception {
        Database database = eventsTable("retry");
        try (Owner owner = new Owner(database.config("session.lock.timeout.ms", "1000")).opens(P0)) {
            try (var blocker = database.connect()) {
                blocker.setAutoCommit(false);
                blocker.createStatement().execute("UPDATE towpath_sink_offsets SET epoch = epoch");
                assertThatThrownBy(() -> owner.puts(flat(P0, 0, 1, "a"))).isInstanceOf(RetriableException.class);
                assertThat(owner.context.timeout).isPositive();
                assertThat(owner.commits(P0, 1)).isEmpty();
            }
            owner.puts(flat(P0, 0, 1, "a"));
        }
        assertThat(database.count("events")).isEqualTo(1);
        assertThat(database.rows(OFFSETS)).containsExactly("1");
    }

    @Test
    void alteredOffsetsAreWhereTheNextOwnerReadsOn() throws Exception {
        Database database = eventsTable("altered");
        ExactlyOnceJdbcSinkConnector connector = new ExactlyOnceJdbcSinkConnector();
        try (Owner owner = new Owner(database.config()).opens(P0, P1)) {
            owner.puts(flat(P0, 10, 1, "a"), flat(P1, 10, 2, "b"));
            Map<TopicPartition, Long> altered = new HashMap<>();
            altered.put(P0, 4L);
            altered.put(P1, null);
            connector.alterOffsets(database.config(), altered);

            assertThatThrownBy(() -> owner.puts(flat(P0, 11, 3, "c"))).hasMessageContaining("taken over");
        }
        try (Owner next = new Owner(database.config()).opens(P0, P1)) {
            assertThat(next.context.seeks).containsExactly(Map.entry(P0, 4L));
        }
        connector.alterOffsets(database.config(), Map.of());
        try (Owner next = new Owner(database.config()).opens(P0, P1)) {
            assertThat(next.context.seeks).isEmpty();
            next.puts(flat(P0, 0, 9, "from the beginning"));
        }
    }

    @Test
    void anActivityBecomesOneFlatRow() throws Exception {
        Database database = create("activities");
        String[] upsert = {"insert.mode", "upsert", "primary.key.mode", "record_value", "primary.key.fields", "id"};
        Map<String, String> config = database.config(upsert);
        config.putAll(Map.of("collection.name.format", "activity", "schema.evolution", "evolve"));
        try (Owner owner = new Owner(config).opens(P0)) {
            owner.puts(activity(P0, 0, "a"), activity(P0, 1, "b"), activity(P0, 2, "a"));
        }
        assertThat(database.rows("SELECT id, type, actor_id, actor_kind, object_type, object_id, data, source_database,"
                        + " source_table, source_op, source_position, source_transaction, consent_basis"
                        + " FROM activity ORDER BY id"))
                .extracting(row -> row.replace(" ", ""))
                .containsExactly(
                        "a|order.placed|7|customer|order|42|{\"total\":10}|shop|public.orders|insert|123|9|null",
                        "b|order.placed|7|customer|order|42|{\"total\":10}|shop|public.orders|insert|123|9|null");
        assertThat(database.rows("SELECT occurred_at FROM activity WHERE id = 'a'")
                        .get(0))
                .startsWith("2026-01-02 03:04:05.678");
    }

    @Test
    void upsertsOfOneBatchLeaveTheLastImageAndTombstonesDelete() throws Exception {
        Database database = create("upserts");
        String[] keys = {"insert.mode", "upsert", "primary.key.mode", "record_key", "primary.key.fields", "id"};
        Map<String, String> config = database.config(keys);
        config.putAll(Map.of("delete.enabled", "true", "schema.evolution", "evolve"));
        try (Owner owner = new Owner(config).opens(P0)) {
            owner.puts(flat(P0, 0, 1, "a"), flat(P0, 1, 2, "b"), flat(P0, 2, 1, "a2"), flat(P0, 3, 3, "c"));
            owner.puts(
                    Events.tombstone(P0, 4, 2), flat(P0, 5, 3, "c2"), Events.tombstone(P0, 6, 1), flat(P0, 7, 1, "a3"));
        }
        assertThat(database.rows("SELECT * FROM events ORDER BY id")).containsExactly("1|a3", "3|c2");
    }

    @Test
    void aColumnThatAppearsInTheMiddleOfABatchIsAdded() throws Exception {
        Database database = create("wider");
        String[] keys = {"insert.mode", "upsert", "primary.key.mode", "record_key", "primary.key.fields", "id"};
        Map<String, String> config = database.config(keys);
        config.put("schema.evolution", "evolve");
        try (Owner owner = new Owner(config).opens(P0)) {
            owner.puts(flat(P0, 0, 1, "a"));
            owner.puts(
                    flat(P0, 1, 2, "b"),
                    record(P0, 2, null, 3L, null, Map.of("id", 3L, "name", "c", "extra", List.of(1, 2))),
                    flat(P0, 3, 4, "d"));
        }
        assertThat(database.rows("SELECT id, name, extra FROM events ORDER BY id"))
                .containsExactly("1|a|null", "2|b|null", "3|c|[1,2]", "4|d|null");
    }

    @Test
    void aMissingTableStopsTheTaskWithASentence() {
        Database database = create("missing");
        try (Owner owner = new Owner(database.config()).opens(P0)) {
            assertThatThrownBy(() -> owner.puts(Arrays.asList(flat(P0, 0, 1, "a"))))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("table events does not exist");
        }
    }
}
