package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.P1;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.park.Redriven;
import io.towpath.jdbc.row.RowOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Of a key with a dead-lettered record nothing more is written until all came back in order. Every dialect passes it. */
abstract class ParkingContract {
    private static final TopicPartition REDRIVE = new TopicPartition("redrive", 0);
    private static final String ALL = "SELECT id, name FROM events ORDER BY id, name";
    private static final String WAITING = "SELECT record_offset FROM towpath_sink_parked ORDER BY record_offset";

    private final List<SinkRecord> letters = new ArrayList<>();
    private long redriven;

    /** An empty database. */
    abstract Database create(String name);

    private Database events(String name) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE events (id bigint, name varchar(5))");
        return database;
    }

    private Owner owner(Database database, String... more) {
        Map<String, String> config =
                database.config("on.poison.key", "park", "redrive.topic", "redrive", "topics", "events,redrive");
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

    private List<String> letters() {
        return letters.stream().map(RowOp::where).toList();
    }

    /** The same record as {@code towpath redrive} writes it. */
    private SinkRecord again(SinkRecord record, String... moreHeaders) {
        ConnectHeaders headers = new ConnectHeaders();
        if (record.headers().lastWithName(Redriven.ORIGIN) == null) {
            headers.addString(Redriven.ORIGIN, RowOp.where(record));
        } else {
            record.headers().forEach(headers::add);
        }
        for (String name : moreHeaders) {
            headers.addString(name, "true");
        }
        return new SinkRecord(
                REDRIVE.topic(),
                0,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                redriven++,
                null,
                record.timestampType(),
                headers);
    }

    @Test
    void laterRecordsOfARefusedKeyFollowItAndOthersAreWritten() throws Exception {
        Database database = events("parked");
        try (Owner owner = owner(database).opens(P0)) {
            owner.puts(
                    flat(P0, 0, 1, "a"), flat(P0, 1, 1, "far too long"), flat(P0, 2, 2, "b"), flat(P0, 3, 1, "later"));
            owner.puts(flat(P0, 4, 1, "still"), flat(P0, 5, 3, "c"));
        }
        assertThat(database.rows(ALL)).containsExactly("1|a", "2|b", "3|c");
        assertThat(letters()).containsExactly("events-0@1", "events-0@3", "events-0@4");
        assertThat(database.rows(WAITING)).containsExactly("1", "3", "4");
    }

    @Test
    void parkedKeysOutliveTheTaskAndAreRedrivenInOrder() throws Exception {
        Database database = events("redriven");
        try (Owner owner = owner(database).opens(P0)) {
            owner.puts(flat(P0, 0, 1, "far too long"), flat(P0, 1, 1, "b"));
        }
        database.run(longer(database));
        try (Owner owner = owner(database).opens(P0, REDRIVE)) {
            owner.puts(flat(P0, 2, 1, "c"));
            List<SinkRecord> waiting = List.copyOf(letters);
            assertThat(letters()).endsWith("events-0@2");
            owner.puts(again(waiting.get(0)), again(waiting.get(1)));
            owner.puts(flat(P0, 3, 1, "d"));
            assertThat(database.rows(WAITING)).containsExactly("2", "3");
            owner.puts(again(waiting.get(2)), again(letters.get(3)), flat(P0, 4, 1, "e"));
        }
        assertThat(database.count("towpath_sink_parked")).isZero();
        assertThat(database.rows(ALL)).containsExactly("1|b", "1|c", "1|d", "1|e", "1|far too long");
        assertThat(database.rows("SELECT topic, next_offset FROM towpath_sink_offsets ORDER BY topic"))
                .containsExactly("events|5", "redrive|4");
    }

    @Test
    void whatWaitsGoesWithTheOffsetsThatAreForgotten() throws Exception {
        Database database = events("parked_reset");
        Map<String, String> config =
                database.config("on.poison.key", "park", "redrive.topic", "redrive", "topics", "events,redrive");
        try (Owner owner = owner(database).opens(P0, P1)) {
            owner.puts(flat(P0, 3, 1, "far too long"), flat(P0, 4, 1, "b"), flat(P1, 9, 1, "far too long"));
        }
        OffsetEditor.edit(SinkConfig.parse(config), Map.of(P0, 4L));
        assertThat(database.rows(WAITING)).as("4 is read again").containsExactly("3", "9");
        Map<TopicPartition, Long> forgotten = new HashMap<>();
        forgotten.put(P0, null);
        OffsetEditor.edit(SinkConfig.parse(config), forgotten);
        assertThat(database.rows(WAITING))
                .as("the log of partition 0 is another one")
                .containsExactly("9");
        OffsetEditor.edit(SinkConfig.parse(config), Map.of());
        assertThat(database.rows(WAITING)).isEmpty();
    }

    @Test
    void anUnreadableRecordThatWaitsNoMoreParksNothing() throws Exception {
        Database database = events("unreadable_again");
        SinkRecord unreadable = Events.record(P0, 0, Schema.INT64_SCHEMA, 1L, Schema.STRING_SCHEMA, "no row");
        try (Owner owner = owner(database).opens(P0, REDRIVE)) {
            owner.puts(unreadable);
            database.run("DELETE FROM towpath_sink_parked");
            letters.clear();
            owner.puts(again(unreadable), flat(P0, 1, 1, "a"));
        }
        assertThat(letters()).isEmpty();
        assertThat(database.rows(WAITING)).isEmpty();
        assertThat(database.rows(ALL)).containsExactly("1|a");
    }

    private static String longer(Database database) {
        return "ALTER TABLE events "
                + (database.server().jdbcUrl("x").startsWith("jdbc:postgresql:")
                        ? "ALTER COLUMN name TYPE varchar(50)"
                        : "MODIFY COLUMN name varchar(50)");
    }

    @Test
    void aRecordThatIsRefusedAgainKeepsItsPlaceInTheLine() throws Exception {
        Database database = events("again");
        try (Owner owner = owner(database).opens(P0, REDRIVE)) {
            owner.puts(flat(P0, 0, 1, "far too long"), flat(P0, 1, 1, "b"), flat(P0, 2, 1, "c"));
            List<SinkRecord> first = List.copyOf(letters);
            letters.clear();
            owner.puts(first.stream().map(this::again).toList());
            assertThat(letters()).containsExactly("redrive-0@0", "redrive-0@1", "redrive-0@2");
            assertThat(database.rows(WAITING)).containsExactly("0", "1", "2");
            assertThat(database.count("events")).isZero();
            database.run(longer(database));
            owner.puts(letters.stream().map(this::again).toList());
        }
        assertThat(database.rows(ALL)).containsExactly("1|b", "1|c", "1|far too long");
        assertThat(database.count("towpath_sink_parked")).isZero();
    }

    @Test
    void aRedrivenRecordThatIsOutOfTurnWaitsAndOneThatWasWrittenIsPassedOver() throws Exception {
        Database database = events("turns");
        try (Owner owner = owner(database).opens(P0, REDRIVE)) {
            owner.puts(flat(P0, 0, 1, "far too long"), flat(P0, 1, 1, "b"));
            database.run(longer(database));
            List<SinkRecord> first = List.copyOf(letters);
            owner.puts(again(first.get(1)), again(first.get(0)), again(first.get(0)));
            assertThat(database.rows(ALL)).containsExactly("1|far too long");
            owner.puts(again(first.get(1)), again(first.get(1)), again(first.get(0)));
        }
        assertThat(database.rows(ALL)).containsExactly("1|b", "1|far too long");
    }

    @Test
    void aRecordThatIsRedrivenBeforeItsParkingIsCommittedGoesBackToTheQueue() throws Exception {
        Database database = events("early");
        SinkRecord poison = flat(P0, 0, 1, "far too long");
        try (Owner parking = owner(database).opens(P0);
                Owner redriving = owner(database).opens(REDRIVE)) {
            // Its letter stands in the queue before the transaction ends; a quick operator re-drives it now.
            redriving.puts(again(poison));
            assertThat(letters()).containsExactly("redrive-0@0");
            parking.puts(poison);
            assertThat(letters()).containsExactly("redrive-0@0", "events-0@0");
            database.run(longer(database));
            redriving.puts(again(letters.get(0)), again(letters.get(1)));
        }
        assertThat(database.rows(ALL)).containsExactly("1|far too long");
        assertThat(database.count("towpath_sink_parked")).isZero();
    }

    @Test
    void aSkippedRecordLeavesTheLineUnwritten() throws Exception {
        Database database = events("skipped");
        try (Owner owner = owner(database).opens(P0, REDRIVE)) {
            owner.puts(flat(P0, 0, 1, "far too long"), flat(P0, 1, 1, "b"));
            owner.puts(again(letters.get(0), Redriven.SKIP), again(letters.get(1)), flat(P0, 2, 1, "c"));
        }
        assertThat(database.rows(ALL)).containsExactly("1|b", "1|c");
        assertThat(database.count("towpath_sink_parked")).isZero();
    }

    @Test
    void recordsOfWhichNoRowCanBeMadeParkTheirKeyToo() throws Exception {
        Database database = events("unreadable_parks");
        SinkRecord unreadable = Events.record(P0, 1, Schema.INT64_SCHEMA, 1L, Schema.STRING_SCHEMA, "no row");
        SinkRecord keyless = Events.record(P0, 3, null, null, Schema.STRING_SCHEMA, "no row");
        try (Owner owner = owner(database).opens(P0, REDRIVE)) {
            owner.puts(flat(P0, 0, 1, "a"), unreadable, flat(P0, 2, 1, "b"), keyless, flat(P0, 4, 2, "c"));
            SinkRecord stranger = Events.record(REDRIVE, redriven++, Schema.INT64_SCHEMA, 1L, Events.FLAT, null);
            owner.puts(stranger, again(keyless, Redriven.SKIP));
        }
        assertThat(database.rows(ALL)).containsExactly("1|a", "2|c");
        assertThat(letters()).containsExactly("events-0@1", "events-0@3", "events-0@2", "redrive-0@0");
        assertThat(database.rows(WAITING)).containsExactly("1", "2");
    }

    @Test
    void moreThanTheLimitStopsTheTaskAndNothingOfTheBatchIsWritten() throws Exception {
        Database database = events("limited");
        try (Owner owner = owner(database, "parked.limit", "2").opens(P0)) {
            owner.puts(flat(P0, 0, 1, "far too long"), flat(P0, 1, 1, "b"));
            assertThatThrownBy(() -> owner.puts(flat(P0, 2, 1, "c"), flat(P0, 3, 2, "d")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("more than parked.limit=2 allows")
                    .hasMessageContaining("towpath redrive");
        }
        assertThat(database.count("events")).isZero();
        assertThat(letters()).hasSize(2);
    }

    @Test
    void originalCoordinatesDecideVersionsAndKeysAndTheRedriveTopicItsOwnFenceRow() throws Exception {
        Database database = create("coordinates");
        database.run("CREATE TABLE events (__connect_topic varchar(20), __connect_partition int,"
                + " __connect_offset bigint, id bigint, name varchar(5), towpath_version bigint,"
                + " towpath_incarnation varchar(50),"
                + " PRIMARY KEY (__connect_topic, __connect_partition, __connect_offset))");
        String[] keyed = {"insert.mode", "upsert", "primary.key.mode", "kafka", "version.from", "kafka"};
        try (Owner owner = owner(database, keyed).opens(P1, REDRIVE)) {
            owner.puts(flat(P1, 7, 1, "far too long"));
            database.run(longer(database));
            owner.puts(again(letters.get(0)));
        }
        assertThat(database.rows("SELECT * FROM events")).containsExactly("events|1|7|1|far too long|7|");
    }

    @Test
    void whateverIsRefusedAndRedrivenEachKeyKeepsItsOrder() throws Exception {
        long seed = 42;
        Random random = new Random(seed);
        Database database = create("histories");
        database.run("CREATE TABLE events (id bigint, name varchar(5), arrived serial)");
        Map<Long, List<String>> sent = new HashMap<>();
        try (Owner owner = owner(database, "refused.limit.percent", "100").opens(P0, REDRIVE)) {
            long offset = 0;
            for (int round = 0; round < 25; round++) {
                List<SinkRecord> batch = new ArrayList<>(backlog(random));
                for (int i = 0; i < 12; i++) {
                    long id = random.nextInt(5);
                    String name = (random.nextInt(9) == 0 ? "bad! " : "") + String.format("%03d", offset);
                    sent.computeIfAbsent(id, key -> new ArrayList<>()).add(name);
                    batch.add(flat(P0, offset++, id, name));
                }
                owner.puts(batch);
            }
            database.run(longer(database));
            for (int round = 0; database.count("towpath_sink_parked") > 0; round++) {
                assertThat(round).as("rounds, seed " + seed).isLessThan(50);
                owner.puts(backlog(random));
            }
        }
        assertEachKeyInOrder(database, sent, seed);
    }

    private List<SinkRecord> backlog(Random random) {
        if (random.nextInt(3) == 0) {
            return List.of();
        }
        List<SinkRecord> backlog = letters.stream().map(this::again).toList();
        letters.clear();
        return backlog;
    }

    private static void assertEachKeyInOrder(Database database, Map<Long, List<String>> sent, long seed)
            throws Exception {
        List<String> rows = database.rows("SELECT id, name FROM events ORDER BY arrived");
        sent.forEach((id, names) -> assertThat(rows)
                .as("key " + id + ", seed " + seed)
                .filteredOn(row -> row.startsWith(id + "|"))
                .containsExactlyElementsOf(
                        names.stream().map(name -> id + "|" + name).toList()));
    }
}
