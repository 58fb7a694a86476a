package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Change events keep a table equal to the source's. Every dialect passes it. */
abstract class ChangesContract {
    private static final String ALL = "SELECT id, name, text FROM items ORDER BY id";

    private final Changes source = new Changes();

    /** An empty database. */
    abstract Database create(String name);

    private Database items(String name) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE items (id bigint PRIMARY KEY, name varchar(20) NOT NULL, text text)");
        return database;
    }

    private static Map<String, String> config(Database database, String... more) {
        Map<String, String> config = database.config(
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "delete.enabled", "true",
                "truncate.enabled", "true",
                "collection.name.format", "${source.table}");
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    @Test
    void aBatchLargerThanOneStatementMayBeIsWritten() throws Exception {
        Database database = create("large");
        String large = "'\\\u00e9".repeat(30_000);
        List<SinkRecord> batch = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            batch.add(Events.flat(P0, i, i, large));
        }
        try (Owner owner = new Owner(database.config("schema.evolution", "evolve")).opens(P0)) {
            owner.puts(batch);
        }
        assertThat(database.rows("SELECT count(*), min(char_length(name)), max(char_length(name)) FROM events"))
                .containsExactly("200|90000|90000");
    }

    @Test
    void aKeyThatChangedWithoutItsLargeValueIsRefusedRatherThanWrittenWithAHole() throws Exception {
        Database database = create("hole");
        database.run("CREATE TABLE items (id bigint PRIMARY KEY, name varchar(20), text text)");
        Changes source = new Changes();
        String[] config = {
            "insert.mode", "upsert", "primary.key.mode", "record_key", "collection.name.format", "${source.table}"
        };
        try (Owner owner = new Owner(database.config(config)).opens(P0)) {
            assertThatThrownBy(() -> owner.puts(source.create(1, "a", Changes.PLACEHOLDER)))
                    .hasMessageContaining("REPLICA IDENTITY FULL");
        }
        assertThat(database.count("items")).isZero();
    }

    @Test
    void insertsUpdatesAndDeletesOfOneBatchEndInTheLastImages() throws Exception {
        Database database = items("images");
        try (Owner owner = new Owner(config(database)).opens(P0)) {
            owner.puts(
                    source.create(1, "a", "one"),
                    source.create(2, "b", "two"),
                    source.update(1, "a2", "uno"),
                    source.delete(2),
                    source.create(3, "c", null),
                    source.schemaless(4, "d"));
            owner.puts(source.delete(1), source.create(1, "a3", null), source.delete(3));
        }
        assertThat(database.rows(ALL)).containsExactly("1|a3|null", "4|d|null");
    }

    @Test
    void anUnchangedLargeValueStaysAsItIs() throws Exception {
        Database database = items("unchanged");
        try (Owner owner = new Owner(config(database)).opens(P0)) {
            owner.puts(source.create(1, "a", "large"), source.create(2, "b", "large too"));
            owner.puts(
                    source.update(1, "a2", Changes.PLACEHOLDER),
                    source.update(2, "b2", "new"),
                    source.update(2, "b3", Changes.PLACEHOLDER),
                    source.create(3, "c", "fresh"),
                    source.update(3, "c2", Changes.PLACEHOLDER));
        }
        assertThat(database.rows(ALL)).containsExactly("1|a2|large", "2|b3|new", "3|c2|fresh");
    }

    @Test
    void anUnchangedValueOfARequiredColumnStaysToo() throws Exception {
        Database database = create("required");
        database.run("CREATE TABLE items (id bigint PRIMARY KEY, name varchar(20), text varchar(20) NOT NULL)");
        try (Owner owner = new Owner(config(database)).opens(P0)) {
            owner.puts(source.create(1, "a", "large"));
            owner.puts(source.update(1, "a2", Changes.PLACEHOLDER));
        }
        assertThat(database.rows(ALL)).containsExactly("1|a2|large");
    }

    @Test
    void aTruncateEmptiesTheTableAtItsPlaceInTheLog() throws Exception {
        Database database = items("truncated");
        try (Owner owner = new Owner(config(database)).opens(P0)) {
            owner.puts(source.create(1, "a", null));
            owner.puts(source.create(2, "b", null), source.truncate(), source.create(3, "c", null));
        }
        assertThat(database.rows(ALL)).containsExactly("3|c|null");
    }

    @Test
    void aTableOfAKeyAloneIsKeptToo() throws Exception {
        Database database = create("keyonly");
        database.run("CREATE TABLE items (id bigint PRIMARY KEY)");
        try (Owner owner = new Owner(config(database, "collection.name.format", "items")).opens(P0)) {
            owner.puts(Events.record(P0, 0, null, Map.of("id", 1), null, Map.of("id", 1)));
            owner.puts(Events.record(P0, 1, null, Map.of("id", 1), null, Map.of("id", 1)));
        }
        assertThat(database.rows("SELECT id FROM items")).containsExactly("1");
    }

    @Test
    void aLongHistoryInBatchesOfAnySizeEndsAsTheModelSays() throws Exception {
        long seed = 20_260_101;
        java.util.Random random = new java.util.Random(seed);
        Database database = items("history");
        Map<Long, String> model = new TreeMap<>();
        try (Owner owner = new Owner(config(database)).opens(P0)) {
            for (int batch = 0; batch < 60; batch++) {
                SinkRecord[] records = new SinkRecord[1 + random.nextInt(40)];
                for (int i = 0; i < records.length; i++) {
                    records[i] = step(random, model);
                }
                owner.puts(records);
            }
        }
        assertThat(database.rows("SELECT id, name, text FROM items ORDER BY id"))
                .as("seed " + seed)
                .isEqualTo(model.entrySet().stream()
                        .map(row -> row.getKey() + "|" + row.getValue())
                        .toList());
    }

    private SinkRecord step(java.util.Random random, Map<Long, String> model) {
        long id = random.nextInt(25);
        String name = "n" + random.nextInt(1_000);
        String old = model.get(id);
        if (old == null) {
            model.put(id, name + "|t" + name);
            return source.create(id, name, "t" + name);
        }
        if (random.nextInt(4) == 0) {
            model.remove(id);
            return random.nextBoolean() ? source.delete(id) : source.tombstone(id);
        }
        if (random.nextInt(2) == 0) {
            model.put(id, name + old.substring(old.indexOf('|')));
            return source.update(id, name, Changes.PLACEHOLDER);
        }
        model.put(id, name + "|u" + name);
        return source.update(id, name, "u" + name);
    }
}
