package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activity.Activity;
import io.towpath.activity.ActivitySchema;
import io.towpath.activity.ActorErased;
import io.towpath.jdbc.row.RowOp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** An erasure deletes its actor's rows, under every name, at its place in the log. Every dialect passes it. */
abstract class ErasureContract {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String ALL = "SELECT id, actor_id FROM events ORDER BY id";
    private static final String[] KEYED = {
        "insert.mode", "upsert", "primary.key.mode", "record_value", "primary.key.fields", "id"
    };

    private final List<SinkRecord> letters = new ArrayList<>();

    /** An empty database. */
    abstract Database create(String name);

    private Database events(String name) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE events (id varchar(50) PRIMARY KEY, type varchar(50), actor_id varchar(10),"
                + " towpath_version bigint, towpath_incarnation varchar(50))");
        return database;
    }

    private Owner owner(Database database, String... more) {
        Map<String, String> config = database.config("schema.evolution", "evolve");
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        Owner owner = new Owner();
        owner.context.reporter = (record, reason) -> {
            letters.add(record);
            return CompletableFuture.completedFuture(null);
        };
        return owner.starts(config);
    }

    private static SinkRecord activity(TopicPartition partition, long offset, String id, String actor) {
        Activity activity = new Activity(
                id, "order.placed", new Activity.Actor(actor, null), null, null, null, AT, source(offset), null);
        return record(partition, offset, actor, activity);
    }

    private static Activity.Source source(long position) {
        return new Activity.Source("shop", "public.orders", "insert", String.valueOf(position), "9");
    }

    private static SinkRecord erasure(TopicPartition partition, long offset, String... names) {
        return record(partition, offset, names[0], ActorErased.of("e" + offset, List.of(names), AT, source(offset)));
    }

    private static SinkRecord record(TopicPartition partition, long offset, String key, Activity activity) {
        Struct value = ActivitySchema.toStruct(activity);
        return Events.record(partition, offset, Schema.STRING_SCHEMA, key, value.schema(), value);
    }

    @Test
    void rowsBeforeTheEventGoUnderEveryNameAndRowsAfterItStay() throws Exception {
        Database database = events("erased");
        try (Owner owner = owner(database, KEYED).opens(P0)) {
            owner.puts(activity(P0, 0, "a", "new"), activity(P0, 1, "b", "old"), activity(P0, 2, "c", "NEW"));
            owner.puts(
                    activity(P0, 3, "d", "new"),
                    activity(P0, 4, "e", "other"),
                    erasure(P0, 5, "new", "old"),
                    activity(P0, 6, "f", "new"),
                    activity(P0, 7, "e", "other"));
        }
        assertThat(database.rows(ALL)).containsExactly("c|NEW", "e|other", "f|new");
    }

    @Test
    void rowsWithoutKeysAreErasedToo() throws Exception {
        Database database = create("erased_appended");
        try (Owner owner = owner(database).opens(P0)) {
            owner.puts(erasure(P0, 0, "x"));
            owner.puts(activity(P0, 1, "a", "x"), activity(P0, 2, "a", "x"), activity(P0, 3, "b", "y"));
            owner.puts(erasure(P0, 4, "x"), activity(P0, 5, "c", "x"));
        }
        assertThat(database.rows(ALL)).containsExactly("b|y", "c|x");
    }

    @Test
    void withTheGuardNoReplayBringsAnErasedRowBackAndANewerImageDoes() throws Exception {
        Database database = events("erased_guarded");
        List<String> config = new ArrayList<>(List.of(KEYED));
        config.addAll(List.of("version.from", "position"));
        try (Owner owner = owner(database, config.toArray(String[]::new)).opens(P0, P1)) {
            owner.puts(activity(P0, 10, "a", "x"), activity(P0, 11, "b", "x"), activity(P0, 12, "c", "y"));
            owner.puts(erasure(P0, 13, "x"));
            owner.puts(activity(P1, 10, "a", "x"), activity(P1, 9, "b", "x"), activity(P1, 20, "b", "x"));
        }
        assertThat(database.rows(ALL)).containsExactly("b|x", "c|y");
        assertThat(database.rows("SELECT row_key, version FROM towpath_sink_tombstones ORDER BY row_key"))
                .containsExactly("a|11", "b|12");
    }

    @Test
    void otherTablesAndNumericColumnsAreErasedExactly() throws Exception {
        Database database = create("erased_elsewhere");
        database.run("CREATE TABLE customers (id bigint PRIMARY KEY, name varchar(10))");
        database.run("INSERT INTO customers VALUES (9007199254740993, 'x'), (9007199254740992, 'y'), (12, 'z')");
        String[] elsewhere = {"erasure.tables", "customers", "erasure.actor.column", "id"};
        try (Owner owner = owner(database, elsewhere).opens(P0)) {
            owner.puts(erasure(P0, 0, "9007199254740993", "12 or so", "é'\\"));
        }
        assertThat(database.rows("SELECT name FROM customers ORDER BY id")).containsExactly("z", "y");
    }

    @Test
    void aSinkOfTablesErasesAlthoughTheEventIsNoChangeOfATableAndHasAnotherKey() throws Exception {
        Database database = create("erased_in_tables");
        database.run("CREATE TABLE orders (id int PRIMARY KEY, customer varchar(10))");
        database.run("INSERT INTO orders VALUES (1, 'x'), (2, 'y'), (3, 'x')");
        String[] tables = {
            "collection.name.format", "${source.table}",
            "erasure.tables", "orders",
            "erasure.actor.column", "customer",
            "insert.mode", "upsert",
            "primary.key.mode", "record_key",
            "errors.tolerance", "all"
        };
        try (Owner owner = owner(database, tables).opens(P0)) {
            owner.puts(erasure(P0, 0, "x"));
        }
        assertThat(letters).isEmpty();
        assertThat(database.rows("SELECT id FROM orders")).containsExactly("2");
    }

    @Test
    void anErasureThatIsNotUnderstoodStopsTheTaskAndIsNoDeadLetter() throws Exception {
        Database database = events("erased_unclear");
        Activity unclear = new Activity(
                "e",
                ActorErased.TYPE,
                new Activity.Actor("x", null),
                null,
                null,
                "{\"who\":\"secret\"}",
                AT,
                source(1),
                null);
        try (Owner owner = owner(database).opens(P0)) {
            assertThatThrownBy(() -> owner.puts(record(P0, 1, "x", unclear)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("an erasure cannot be done")
                    .hasMessageContaining("events-0@1")
                    .hasMessageNotContaining("secret");
        }
        assertThat(letters).isEmpty();
    }

    @Test
    void aTableWithoutTheColumnStopsTheTaskWithASentence() throws Exception {
        Database database = create("erased_nowhere");
        database.run("CREATE TABLE events (id varchar(50))");
        try (Owner owner = owner(database, "schema.evolution", "none").opens(P0)) {
            assertThatThrownBy(() -> owner.puts(erasure(P0, 0, "secret")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("no column actor_id")
                    .hasMessageContaining("erasure.actor.column")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void whatTheDatabaseWillNotDeleteStopsTheTaskAndIsNoDeadLetter() throws Exception {
        Database database = events("erased_not");
        database.run("CREATE TABLE notes (event varchar(50) REFERENCES events (id), FOREIGN KEY (event)"
                + " REFERENCES events (id))");
        try (Owner owner = owner(database, KEYED).opens(P0)) {
            owner.puts(activity(P0, 0, "a", "x"));
            database.run("INSERT INTO notes VALUES ('a')");
            assertThatThrownBy(() -> owner.puts(activity(P0, 1, "b", "y"), erasure(P0, 2, "x")))
                    .hasMessageContaining("cannot be deleted");
        }
        assertThat(letters).isEmpty();
        assertThat(database.rows(ALL)).containsExactly("a|x");
    }

    @Test
    void parkedRecordsOfAnErasedActorAreNotWrittenAnyMore() throws Exception {
        Database database = events("erased_parked");
        List<String> config = new ArrayList<>(List.of(KEYED));
        config.addAll(List.of("on.poison.key", "park", "redrive.topic", "redrive", "schema.evolution", "none"));
        database.run("ALTER TABLE events ADD occurred_at varchar(50)");
        try (Owner owner = owner(database, config.toArray(String[]::new)).opens(P0, P1)) {
            SinkRecord bad = Events.record(P1, 0, Schema.STRING_SCHEMA, "old", Schema.STRING_SCHEMA, "no row");
            SinkRecord alsoBad = Events.record(P0, 0, Schema.STRING_SCHEMA, "new", Schema.STRING_SCHEMA, "no row");
            SinkRecord other = Events.record(P0, 1, Schema.STRING_SCHEMA, "other", Schema.STRING_SCHEMA, "no row");
            owner.puts(bad, alsoBad, other);
            assertThat(database.count("towpath_sink_parked")).isEqualTo(3);
            owner.puts(erasure(P0, 2, "new", "old"));
        }
        assertThat(letters.stream().map(RowOp::where)).containsExactly("events-1@0", "events-0@0", "events-0@1");
        assertThat(database.rows("SELECT part, record_offset FROM towpath_sink_parked"))
                .containsExactly("0|1");
    }
}
