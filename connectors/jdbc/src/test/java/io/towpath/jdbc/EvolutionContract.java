package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table becomes what the records' schemas say, or says that it is not. Every dialect passes it. */
abstract class EvolutionContract {
    private static final String NARROW =
            "CREATE TABLE events (id int PRIMARY KEY, name varchar(5) DEFAULT 'none' NOT NULL,"
                    + " price numeric(5, 2), weight real)";

    /** An empty database. */
    abstract Database create(String name);

    private static Schema schema(int length, int precision, int scale, String... more) {
        SchemaBuilder builder = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field(
                        "name",
                        SchemaBuilder.string()
                                .parameter("__debezium.source.column.length", "" + length)
                                .build())
                .field(
                        "price",
                        Decimal.builder(scale)
                                .parameter("connect.decimal.precision", "" + precision)
                                .build())
                .field("weight", Schema.FLOAT64_SCHEMA);
        for (String name : more) {
            builder.field(name, Schema.OPTIONAL_STRING_SCHEMA);
        }
        return builder.build();
    }

    private static SinkRecord row(TopicPartition partition, long offset, Schema schema, long id, String price) {
        Struct row = new Struct(schema)
                .put("id", id)
                .put("name", "n" + id)
                .put("price", new BigDecimal(price))
                .put("weight", 0.1);
        return Events.record(partition, offset, null, null, schema, row);
    }

    private static Owner owner(Database database, String evolution, TopicPartition partition) {
        return new Owner(database.config(
                        "schema.evolution", evolution,
                        "insert.mode", "upsert",
                        "primary.key.mode", "record_value",
                        "primary.key.fields", "id"))
                .opens(partition);
    }

    private static List<String> lengths(Database database) throws Exception {
        return database.rows("SELECT column_name, character_maximum_length FROM information_schema.columns"
                + " WHERE table_name = 'events' AND column_name = 'name'"
                + (database.server().jdbcUrl("x").startsWith("jdbc:postgresql:")
                        ? ""
                        : " AND table_schema = database()"));
    }

    @Test
    void columnsAreWidenedAndKeepWhatElseTheyWereDeclaredWith() throws Exception {
        Database database = create("widened");
        database.run(NARROW);
        Schema wide = schema(40, 12, 4);
        try (Owner owner = owner(database, "evolve", P0)) {
            owner.puts(row(P0, 0, wide, 5_000_000_000L, "12345678.1234"));
            owner.puts(row(P0, 1, schema(3, 6, 1), 1, "99999.9"));
        }
        database.run("INSERT INTO events (id) VALUES (2)");
        assertThat(database.rows("SELECT id, name, price, weight FROM events ORDER BY id"))
                .containsExactly("1|n1|99999.9000|0.1", "2|none|null|null", "5000000000|n5000000000|12345678.1234|0.1");
        assertThat(lengths(database)).containsExactly("name|40");
        assertThatThrownBy(() -> database.run("INSERT INTO events (id, name) VALUES (3, NULL)"))
                .hasMessageContaining("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "upsert"})
    void aBatchThatSpansAChangeOfSchemaIsHeldWhole(String mode) throws Exception {
        for (boolean exists : new boolean[] {true, false}) {
            Database database = create("spans_" + mode + "_" + exists);
            if (exists) {
                database.run(NARROW);
            }
            Map<String, String> config = database.config("schema.evolution", "evolve");
            if (mode.equals("upsert")) {
                config.putAll(Map.of(
                        "insert.mode", "upsert", "primary.key.mode", "record_value", "primary.key.fields", "id"));
            }
            try (Owner owner = new Owner(config).opens(P0)) {
                owner.puts(
                        row(P0, 0, schema(5, 5, 2), 1, "1.10"),
                        row(P0, 1, schema(40, 12, 4), 5_000_000_000L, "12345678.1234"));
            }
            assertThat(database.rows("SELECT id, name, price FROM events ORDER BY id"))
                    .as("table exists: %s", exists)
                    .containsExactly("1|n1|1.1000", "5000000000|n5000000000|12345678.1234");
        }
    }

    @Test
    void aColumnThatIsWidenedKeepsItsCheck() throws Exception {
        Database database = create("checked");
        database.run(NARROW.replace("NOT NULL,", "NOT NULL CHECK (name <> ''),"));
        try (Owner owner = owner(database, "evolve", P0)) {
            owner.puts(row(P0, 0, schema(40, 12, 4), 1, "1.0000"));
        }
        assertThat(lengths(database)).containsExactly("name|40");
        assertThatThrownBy(() -> database.run("INSERT INTO events (id, name) VALUES (3, '')"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void validateAndPlanStopBeforeTheFirstRowAndTouchNothing() throws Exception {
        Database database = create("planned");
        database.run(NARROW);
        SinkRecord record = row(P0, 0, schema(40, 12, 4, "extra"), 1, "1.0000");
        try (Owner owner = owner(database, "validate", P0)) {
            assertThatThrownBy(() -> owner.puts(record))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("table events")
                    .hasMessageContaining("schema.evolution=validate");
        }
        String sql;
        try (Owner owner = owner(database, "plan", P0)) {
            Throwable stopped = catchThrowable(() -> owner.puts(record));
            assertThat(stopped).isInstanceOf(ConnectException.class).hasMessageContaining("ALTER TABLE");
            sql = stopped.getMessage()
                    .replaceFirst("(?s).*evolve would run: ", "")
                    .replaceFirst(";$", "");
        }
        assertThat(database.count("events")).isZero();
        assertThat(lengths(database)).containsExactly("name|5");
        database.run(sql);
        try (Owner owner = owner(database, "validate", P0)) {
            owner.puts(record);
        }
        assertThat(database.rows("SELECT id, name, extra FROM events")).containsExactly("1|n1|null");
    }

    @Test
    void twoTasksThatChangeOneTableAtOnceLoseNeitherColumnNorWidth() throws Exception {
        ExecutorService tasks = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5; round++) {
                Database database = create("race_" + round);
                database.run(NARROW);
                try (Owner one = owner(database, "evolve", P0);
                        Owner two = owner(database, "evolve", P1)) {
                    CyclicBarrier together = new CyclicBarrier(2);
                    Future<?> first = tasks.submit(() -> {
                        together.await();
                        one.puts(row(P0, 0, schema(60, 9, 2, "from_one"), 1, "1.00"));
                        return null;
                    });
                    Future<?> second = tasks.submit(() -> {
                        together.await();
                        two.puts(row(P1, 0, schema(30, 9, 4, "from_two"), 2, "2.0000"));
                        return null;
                    });
                    first.get(2, TimeUnit.MINUTES);
                    second.get(2, TimeUnit.MINUTES);
                }
                assertThat(database.rows("SELECT id, price, from_one, from_two FROM events ORDER BY id"))
                        .containsExactly("1|1.0000|null|null", "2|2.0000|null|null");
                assertThat(lengths(database)).containsExactly("name|60");
            }
        } finally {
            tasks.shutdownNow();
        }
    }

    @Test
    void aSchemaThatSaysNoLengthWidensNothing() throws Exception {
        Database database = create("unsaid");
        database.run("CREATE TABLE events (id bigint PRIMARY KEY, name varchar(5))");
        try (Owner owner = owner(database, "evolve", P0)) {
            assertThatThrownBy(() -> owner.puts(Events.flat(P0, 0, 1, "far too long")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("too long");
        }
        assertThat(lengths(database)).containsExactly("name|5");
        assertThat(database.count("events")).isZero();
    }
}
