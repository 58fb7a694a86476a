package io.towpath.bench.sink;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Looks at a contender's table from outside: the same clock for a program and for a connector, which neither the start
 * of a task nor the interval at which a worker commits offsets enters.
 */
final class Watch implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final String table;
    private final List<ItemEvents.Item> last;
    private final boolean upsert;
    private final Connection connection;

    /** Makes the table. */
    Watch(Target target, ItemEvents events, String table, boolean upsert) throws SQLException {
        this.table = table;
        this.upsert = upsert;
        this.last = events.lastOfEachPartition();
        target.table(table, upsert);
        if (!upsert) {
            // Holds the few rows that are waited for, so that looking costs nothing.
            target.run("CREATE INDEX ON " + table + " (name) WHERE " + isLast());
        }
        this.connection = target.connect();
    }

    /** What may go wrong meanwhile: throws when it did. */
    interface Worry {
        void check() throws Exception;
    }

    /** From the first row in the table until the last event of each partition is there; rows come in order. */
    Duration firstToLast(Worry worry) throws Exception {
        await("EXISTS (SELECT 1 FROM " + table + ")", worry);
        long first = System.nanoTime();
        await("(SELECT count(*) FROM " + table + " WHERE " + isLast() + ") = " + last.size(), worry);
        return Duration.ofNanos(System.nanoTime() - first);
    }

    private String isLast() {
        return last.stream()
                .map(item -> upsert
                        ? "(id = " + item.id() + " AND name = '" + item.name() + "')"
                        : "name = '" + item.name() + "'")
                .collect(Collectors.joining(" OR "));
    }

    private void await(String condition, Worry worry) throws Exception {
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            for (int look = 0; !isTrue(statement, condition); look++) {
                if (System.nanoTime() - start > LONGEST.toNanos()) {
                    throw new IllegalStateException("not within " + LONGEST + ": " + condition);
                }
                if (look % 50 == 49) {
                    worry.check();
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean isTrue(Statement statement, String condition) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT " + condition)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
