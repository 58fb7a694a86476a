package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activity.ActivitySchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** An older image never overwrites a newer row. Every dialect passes it. */
abstract class VersionsContract {
    private static final String ALL = "SELECT id, name FROM items ORDER BY id";

    private final Changes source = new Changes();

    /** An empty database. */
    abstract Database create(String name);

    private Database items(String name) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE items (id bigint PRIMARY KEY, name varchar(20), text text,"
                + " towpath_version bigint, towpath_incarnation varchar(100))");
        return database;
    }

    private static Owner owner(Database database, String... more) {
        Map<String, String> config = database.config(
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "delete.enabled", "true",
                "collection.name.format", "${source.table}",
                "version.from", "position");
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return new Owner(config).opens(P0);
    }

    @Test
    void anOlderImageIsHeldBackInTheBatchAndInTheTable() throws Exception {
        Database database = items("older");
        try (Owner owner = owner(database)) {
            owner.puts(
                    source.at(20).create(1, "new", null),
                    source.at(10).update(1, "old", null),
                    source.at(5).create(2, "first", null));
            owner.puts(source.at(15).update(1, "older", null), source.at(6).update(2, "second", null));
            owner.puts(source.at(20).update(1, "same position", null));
        }
        assertThat(database.rows(ALL)).containsExactly("1|same position", "2|second");
    }

    @Test
    void aLateUpdateDoesNotBringADeletedRowBackAndANewerInsertDoes() throws Exception {
        Database database = items("deleted");
        try (Owner owner = owner(database)) {
            owner.puts(source.at(10).create(1, "a", null), source.at(11).create(2, "b", null));
            owner.puts(
                    source.at(30).delete(1), source.tombstone(1), source.at(31).delete(2));
            owner.puts(source.at(20).update(1, "late", null), source.at(40).create(2, "again", null));
            owner.puts(source.at(35).delete(2));
        }
        assertThat(database.rows(ALL)).containsExactly("2|again");
    }

    @Test
    void afterTheRetentionADeletionIsForgottenAndALateUpdateBringsTheRowBack() throws Exception {
        Database database = items("retention");
        try (Owner owner = owner(database)) {
            owner.puts(source.at(10).create(1, "a", null), source.at(11).create(2, "b", null));
            owner.puts(source.at(30).delete(1), source.at(31).delete(2));
        }
        database.run("UPDATE towpath_sink_tombstones SET deleted_at = '2001-01-01 00:00:00' WHERE version = 30");
        try (Owner owner = owner(database)) {
            owner.puts(source.at(40).create(3, "c", null));
            assertThat(database.count("towpath_sink_tombstones")).isOne();
            owner.puts(source.at(20).update(1, "late", null), source.at(21).update(2, "late", null));
        }
        assertThat(database.rows(ALL)).containsExactly("1|late", "3|c");
    }

    @Test
    void oldVersionsThatCannotBeForgottenNowDoNotFailTheBatch() throws Exception {
        Database database = items("unforgotten");
        try (Owner owner = owner(database)) {
            owner.puts(source.at(10).create(1, "a", null), source.at(11).delete(1));
        }
        database.run("UPDATE towpath_sink_tombstones SET deleted_at = '2001-01-01 00:00:00'");
        try (Owner owner = owner(database, "session.lock.timeout.ms", "1000");
                var blocker = database.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("UPDATE towpath_sink_tombstones SET version = version + 1");
            owner.puts(source.at(20).create(2, "b", null));
            blocker.rollback();
            owner.puts(source.at(21).update(2, "c", null));
        }
        assertThat(database.rows(ALL)).containsExactly("2|c");
    }

    @Test
    void anotherIncarnationOfTheSourceStopsTheTaskOrIsAccepted() throws Exception {
        Database database = items("incarnations");
        try (Owner owner = owner(database)) {
            owner.puts(source.at(100).create(1, "a", null));
            SinkRecord restored = source.of("shop-restored").at(5).update(1, "b", null);
            assertThatThrownBy(() -> owner.puts(restored))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("another one")
                    .hasMessageContaining("version.on.new.incarnation=accept");
        }
        assertThat(database.rows(ALL)).containsExactly("1|a");
        try (Owner owner = owner(database, "version.on.new.incarnation", "accept")) {
            owner.puts(source.at(5).update(1, "b", null));
        }
        assertThat(database.rows(ALL)).containsExactly("1|b");
    }

    @Test
    void aDeleteAndARowOfOneBatchOfAnotherIncarnationStopTheTaskToo() throws Exception {
        Database database = items("incarnations_more");
        try (Owner owner = owner(database)) {
            owner.puts(source.at(100).create(1, "a", null));
            SinkRecord deleted = source.of("shop-restored").at(5).delete(1);
            assertThatThrownBy(() -> owner.puts(deleted)).hasMessageContaining("another one");
        }
        try (Owner owner = owner(database)) {
            SinkRecord first = source.of("shop").at(200).create(2, "b", null);
            SinkRecord second = source.of("shop-restored").at(6).update(2, "c", null);
            assertThatThrownBy(() -> owner.puts(first, second)).hasMessageContaining("another one");
        }
        assertThat(database.rows(ALL)).containsExactly("1|a");
        try (Owner owner = owner(database, "version.on.new.incarnation", "accept")) {
            owner.puts(source.of("shop-restored").at(5).delete(1), source.at(6).create(2, "c", null));
        }
        assertThat(database.rows(ALL)).containsExactly("2|c");
    }

    @Test
    void theDatabasesOwnIdentityInAHeaderIsAnIncarnationToo() throws Exception {
        Database database = items("incarnation_header");
        try (Owner owner = owner(database)) {
            owner.puts(of("7001", source.at(100).create(1, "a", null)));
            SinkRecord restored = of("7002", source.at(5).update(1, "b", null));
            assertThatThrownBy(() -> owner.puts(restored))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("7001");
        }
        assertThat(database.rows(ALL)).containsExactly("1|a");
        try (Owner owner = owner(database, "version.on.new.incarnation", "accept")) {
            owner.puts(of("7002", source.at(6).update(1, "b", null)));
        }
        assertThat(database.rows(ALL)).containsExactly("1|b");
    }

    private static SinkRecord of(String system, SinkRecord record) {
        record.headers().addString(ActivitySchema.SYSTEM_HEADER, system);
        return record;
    }

    @Test
    void whateverTheOrderOfArrivalTheNewestImageStays() throws Exception {
        long seed = 42;
        Database database = items("shuffled");
        List<SinkRecord> records = new ArrayList<>();
        for (int position = 0; position < 300; position++) {
            long id = position % 7;
            records.add(
                    position / 7 % 9 == 8
                            ? source.at(position).delete(id)
                            : source.at(position).update(id, "p" + position, null));
        }
        List<SinkRecord> shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, new Random(seed));
        try (Owner owner = owner(database, "version.from", "position")) {
            for (int i = 0; i < shuffled.size(); i += 20) {
                owner.puts(atRisingOffsets(shuffled.subList(i, i + 20), i));
            }
        }
        assertThat(database.rows(ALL))
                .as("seed " + seed)
                .containsExactly("0|p294", "1|p295", "2|p296", "3|p297", "4|p298", "5|p299", "6|p293");
    }

    private static List<SinkRecord> atRisingOffsets(List<SinkRecord> records, long first) {
        List<SinkRecord> moved = new ArrayList<>();
        for (SinkRecord record : records) {
            moved.add(Events.record(
                    P0, first + moved.size(), record.keySchema(), record.key(), record.valueSchema(), record.value()));
        }
        return moved;
    }
}
