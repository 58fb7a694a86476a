package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Where a row's key and its version may come from. Every dialect passes it. */
abstract class KeysContract {

    /** An empty database. */
    abstract Database create(String name);

    private static SinkRecord headed(SinkRecord record, String header, Object value) {
        record.headers().add(header, value, null);
        return record;
    }

    /** Two records of one key, the third of another: two rows are left, unless each record is its own key. */
    private void assertRows(String keyMode, String keyFields, String... rows) throws Exception {
        Database database = create("keys_" + keyMode);
        Map<String, String> config =
                database.config("insert.mode", "upsert", "primary.key.mode", keyMode, "schema.evolution", "evolve");
        config.put("primary.key.fields", keyFields);
        try (Owner owner = new Owner(config).opens(P0)) {
            owner.puts(
                    headed(flat(P0, 0, 1, "a"), "tenant", "x"),
                    headed(flat(P0, 1, 1, "b"), "tenant", "x"),
                    headed(flat(P0, 2, 2, "c"), "tenant", "y"));
        }
        assertThat(database.rows("SELECT id, name FROM events ORDER BY id, name"))
                .containsExactly(rows);
    }

    @Test
    void aKeyComesFromTheRecordsKeyItsValueItsHeadersOrItsCoordinates() throws Exception {
        assertRows("record_key", "id", "1|b", "2|c");
        assertRows("record_value", "id", "1|b", "2|c");
        assertRows("record_header", "tenant", "1|b", "2|c");
        assertRows("kafka", "", "1|a", "1|b", "2|c");
    }

    private void assertOldIsHeldBack(String from, String name) throws Exception {
        Database database = create("versions_" + from);
        Map<String, String> config = database.config(
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "primary.key.fields", "id",
                "schema.evolution", "evolve",
                "version.from", from);
        config.put("version.name", name);
        try (Owner owner = new Owner(config).opens(P0)) {
            owner.puts(versioned(0, 7, "new"));
            owner.puts(versioned(1, 5, "old"));
        }
        assertThat(database.rows("SELECT name FROM events")).containsExactly(from.equals("kafka") ? "old" : "new");
    }

    private static SinkRecord versioned(long offset, int version, String name) {
        Map<String, ?> value = Map.of("id", 1L, "name", name, "revision", version);
        return headed(Events.record(P0, offset, null, Map.of("id", 1L), null, value), "revision", version);
    }

    @Test
    void aVersionComesFromAFieldAHeaderOrTheOffset() throws Exception {
        assertOldIsHeldBack("field", "revision");
        assertOldIsHeldBack("header", "revision");
        assertOldIsHeldBack("kafka", "");
    }
}
