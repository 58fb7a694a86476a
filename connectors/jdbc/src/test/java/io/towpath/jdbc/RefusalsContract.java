package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.row.RowOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Bad records go to the dead-letter queue, good ones of the same batch into the table. Every dialect passes it. */
abstract class RefusalsContract {
    final List<String> letters = new ArrayList<>();

    /** An empty database. */
    abstract Database create(String name);

    private Database events(String name) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE events (id bigint PRIMARY KEY, name varchar(5))");
        return database;
    }

    final Owner queue(Database database, String... more) {
        Owner owner = new Owner();
        owner.context.reporter = (record, reason) -> {
            letters.add(RowOp.where(record) + " " + reason.getMessage());
            return CompletableFuture.completedFuture(null);
        };
        return owner.starts(database.config(more)).opens(P0);
    }

    @Test
    void badRecordsAreFoundByHalvingAndTheRestIsWritten() throws Exception {
        Database database = events("halved");
        List<SinkRecord> batch = new ArrayList<>();
        LongStream.range(0, 200).forEach(i -> batch.add(flat(P0, i, i, i % 67 == 5 ? "far too long" : "ok")));
        try (Owner owner = queue(database)) {
            owner.puts(batch);
        }
        assertThat(letters)
                .hasSize(3)
                .allSatisfy(letter -> assertThat(letter).contains("too long").doesNotContain("far"));
        assertThat(letters.get(1)).startsWith("events-0@72 ");
        assertThat(database.count("events")).isEqualTo(197);
        assertThat(database.rows("SELECT next_offset FROM towpath_sink_offsets"))
                .containsExactly("200");
    }

    @Test
    void aRecordOfWhichNoRowCanBeMadeGoesTheSameWay() throws Exception {
        Database database = events("unreadable");
        try (Owner owner = queue(database)) {
            owner.puts(flat(P0, 0, 1, "a"), Events.record(P0, 1, null, null, null, "just a text"), flat(P0, 2, 2, "b"));
        }
        assertThat(letters)
                .containsExactly("events-0@1 the value is a String: wanted a row with named fields, events-0@1");
        assertThat(database.count("events")).isEqualTo(2);
    }

    @Test
    void tooManyBadRecordsStopTheTaskAndNothingIsFlooded() throws Exception {
        Database database = events("flood");
        List<SinkRecord> batch = new ArrayList<>();
        LongStream.range(0, 100).forEach(i -> batch.add(flat(P0, i, i, i % 3 == 0 ? "far too long" : "ok")));
        try (Owner owner = queue(database)) {
            assertThatThrownBy(() -> owner.puts(batch))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("more than refused.limit.percent=20 allows");
        }
        assertThat(letters).isEmpty();
        assertThat(database.count("events")).isZero();
    }

    @Test
    void badRecordsOfASlowTopicStopTheTaskToo() throws Exception {
        Database database = events("slowflood");
        try (Owner owner = queue(database)) {
            for (long i = 0; i < 10; i++) {
                owner.puts(flat(P0, i, i, "far too long"));
            }
            assertThatThrownBy(() -> owner.puts(flat(P0, 10, 10, "far too long")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("11 of 11 records are refused");
        }
        assertThat(letters).hasSize(10);
        assertThat(database.rows("SELECT next_offset FROM towpath_sink_offsets"))
                .containsExactly("10");
    }

    @Test
    void withoutADeadLetterQueueTheTaskStopsWithASentence() throws Exception {
        Database database = events("noqueue");
        try (Owner owner = new Owner(database.config()).opens(P0)) {
            assertThatThrownBy(() -> owner.puts(flat(P0, 0, 1, "a"), flat(P0, 1, 2, "far too long")))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("too long")
                    .hasMessageContaining("events-0@1")
                    .hasMessageNotContaining("far");
        }
        assertThat(database.count("events")).isZero();
    }

    @Test
    void anErrorLogIsNoDeadLetterQueue() throws Exception {
        Database database = events("logged");
        try (Owner owner = queue(database, "errors.deadletterqueue.topic.name", "")) {
            assertThatThrownBy(() -> owner.puts(flat(P0, 0, 1, "a"), flat(P0, 1, 2, "far too long")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("events-0@1");
        }
        assertThat(letters).isEmpty();
        assertThat(database.count("events")).isZero();
    }

    @Test
    void onPoisonKeyStopStopsEvenWithAQueue() throws Exception {
        Database database = events("stopping");
        try (Owner owner = queue(database, "on.poison.key", "stop")) {
            assertThatThrownBy(() -> owner.puts(flat(P0, 0, 1, "far too long"))).isInstanceOf(ConnectException.class);
        }
        assertThat(letters).isEmpty();
    }

    @Test
    void nothingIsCommittedBeforeTheQueueHasTheRecord() throws Exception {
        Database database = events("unheard");
        Owner owner = new Owner();
        owner.context.reporter = (record, reason) -> CompletableFuture.failedFuture(new IllegalStateException("down"));
        try (owner) {
            owner.starts(database.config()).opens(P0);
            assertThatThrownBy(() -> owner.puts(flat(P0, 0, 1, "a"), flat(P0, 1, 2, "far too long")))
                    .hasMessageContaining("events-0@1 could not be dead-lettered");
        }
        assertThat(database.count("events")).isZero();
        assertThat(database.rows("SELECT next_offset FROM towpath_sink_offsets"))
                .containsExactly("-1");
    }

    @Test
    void aRowThatAnotherUniqueConstraintRefusesIsABadRecordToo() throws Exception {
        Database database = create("unique_name");
        database.run("CREATE TABLE events (id bigint PRIMARY KEY, name varchar(5) UNIQUE)");
        String[] upsert = {"insert.mode", "upsert", "primary.key.mode", "record_value", "primary.key.fields", "id"};
        try (Owner owner = queue(database, upsert)) {
            owner.puts(flat(P0, 0, 1, "a"), flat(P0, 1, 2, "b"), flat(P0, 2, 3, "a"));
        }
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0)).startsWith("events-0@2 another row has the same value in a unique column");
        assertThat(database.rows("SELECT * FROM events ORDER BY id")).containsExactly("1|a", "2|b");
    }

    @Test
    void aTimeOutsideItsTypeIsABadRecord() throws Exception {
        Database database = create("times");
        database.run("CREATE TABLE events (id bigint PRIMARY KEY, at time)");
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field(
                        "at",
                        SchemaBuilder.int64().name("io.debezium.time.MicroTime").build())
                .build();
        Map<Long, Long> micros = Map.of(0L, 1_000_000L, 1L, -5L);
        try (Owner owner = queue(database)) {
            owner.puts(List.of(0L, 1L).stream()
                    .map(i -> Events.record(
                            P0,
                            i,
                            null,
                            null,
                            schema,
                            new Struct(schema).put("id", i).put("at", micros.get(i))))
                    .toList());
        }
        assertThat(letters).hasSize(1);
        assertThat(database.rows("SELECT at FROM events")).containsExactly("00:00:01");
    }
}
