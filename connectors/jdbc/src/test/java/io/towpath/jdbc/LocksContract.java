package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.P1;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Two tasks that write the same rows of one table never wait for each other in a circle. Every dialect passes it. */
abstract class LocksContract {
    private static final int ROWS = 1_000;
    private static final int BATCHES = 20;
    private static final long SEED = 11;

    /** An empty database. */
    abstract Database create(String name);

    @Test
    void twoTasksWithTheSameKeysInOppositeOrdersDoNotDeadlock() throws Exception {
        assertNoDeadlock("locks", false);
    }

    final void assertNoDeadlock(String name, boolean deletes) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE events (id bigint PRIMARY KEY, name varchar(50))");
        Map<String, String> config = database.config(
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "primary.key.fields", "id",
                "delete.enabled", "true");
        try (Owner up = new Owner(config).opens(P0);
                Owner down = new Owner(config).opens(P1)) {
            CompletableFuture<Void> rising = CompletableFuture.runAsync(() -> writes(up, P0, false, deletes));
            CompletableFuture<Void> falling = CompletableFuture.runAsync(() -> writes(down, P1, true, deletes));
            CompletableFuture.allOf(rising, falling).get(2, TimeUnit.MINUTES);
        }
        assertThat(database.rows("SELECT sum(next_offset) FROM towpath_sink_offsets"))
                .containsExactly(String.valueOf(2 * ROWS * BATCHES));
    }

    /**
     * Whatever the database ends to break a circle comes again: of each key the newest image or deletion stays, which
     * task it came from.
     *
     * @return how many batches were written again
     */
    final int assertNothingIsLostToDeadlocks(String name) throws Exception {
        Database database = create(name);
        database.run("CREATE TABLE events (id bigint PRIMARY KEY, name varchar(50), towpath_version bigint,"
                + " towpath_incarnation varchar(50))");
        Map<String, String> config = database.config(
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "primary.key.fields", "id",
                "delete.enabled", "true",
                "version.from", "header",
                "version.name", "v");
        AtomicInteger again = new AtomicInteger();
        SortedMap<Long, String> wanted = new TreeMap<>();
        try (Owner one = new Owner(config).opens(P0);
                Owner other = new Owner(config).opens(P1)) {
            for (int batch = 0; batch < BATCHES; batch++) {
                List<SinkRecord> ones = versioned(P0, batch, 2 * batch, wanted);
                List<SinkRecord> others = versioned(P1, batch, 2 * batch + 1, wanted);
                CompletableFuture.allOf(
                                CompletableFuture.runAsync(() -> insists(one, ones, again)),
                                CompletableFuture.runAsync(() -> insists(other, others, again)))
                        .get(2, TimeUnit.MINUTES);
            }
        }
        assertThat(database.rows("SELECT id, name FROM events ORDER BY id"))
                .containsExactlyElementsOf(wanted.entrySet().stream()
                        .map(row -> row.getKey() + "|" + row.getValue())
                        .toList());
        return again.get();
    }

    /** Each key once, in an order of the partition's own; each task deletes others. */
    private static List<SinkRecord> versioned(
            TopicPartition partition, int batch, int version, SortedMap<Long, String> wanted) {
        List<Long> ids = new ArrayList<>(LongStream.range(0, ROWS).boxed().toList());
        Collections.shuffle(ids, new Random(SEED + version));
        List<SinkRecord> records = new ArrayList<>();
        for (Long id : ids) {
            long offset = (long) batch * ROWS + records.size();
            boolean deletes = (id + version) % 3 == 0;
            SinkRecord record = deletes
                    ? Events.tombstone(partition, offset, id)
                    : flat(partition, offset, id, "version " + version);
            record.headers().addInt("v", version);
            records.add(record);
            if (deletes) {
                wanted.remove(id);
            } else {
                wanted.put(id, "version " + version);
            }
        }
        return records;
    }

    private static void insists(Owner owner, List<SinkRecord> records, AtomicInteger again) {
        while (true) {
            try {
                owner.puts(records);
                return;
            } catch (RetriableException deadlock) {
                again.incrementAndGet();
            }
        }
    }

    /** A deadlock would be thrown as a failure that passes. */
    private static void writes(Owner owner, TopicPartition partition, boolean backwards, boolean deletes) {
        Random random = new Random(SEED);
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Long> ids = new ArrayList<>(LongStream.range(0, ROWS).boxed().toList());
            Collections.shuffle(ids, random);
            if (backwards) {
                Collections.reverse(ids);
            }
            List<SinkRecord> records = new ArrayList<>();
            long offset = (long) batch * ROWS;
            for (Long id : ids) {
                records.add(
                        deletes && id % 10 == batch % 10
                                ? Events.tombstone(partition, offset++, id)
                                : flat(partition, offset++, id, "row"));
            }
            owner.puts(records);
        }
    }
}
