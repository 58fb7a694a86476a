package io.towpath.bench.sink;

import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * {@code towpath bench jdbc-statements}: which way to bring rows into PostgreSQL costs least, for batches of several
 * sizes: the choice that the sink's dialect rests on. One connection, no Kafka.
 */
public final class StatementsBench {
    private static final List<Integer> SIZES = List.of(100, 1_000, 5_000);
    private static final int ROUNDS = 2;

    private final PrintStream out;
    private final long rows;

    /**
     * A run.
     *
     * @param args at most one: how many rows each way writes; five eighths as many keys
     */
    public StatementsBench(PrintStream out, List<String> args) {
        this.out = out;
        this.rows = args.isEmpty() ? 400_000 : Long.parseLong(args.get(0));
    }

    /** Exit code: 0. */
    public int run() throws Exception {
        Path directory = Files.createTempDirectory("towpath-bench");
        try (Stack stack = Stack.embedded(directory, Tuning.THROUGHPUT)) {
            var server = stack.postgres("pg");
            server.createDatabase("target");
            Target target = new Target(server, "target");
            for (int round = 0; round < ROUNDS; round++) { // the last one counts: everything is warm then
                for (int size : SIZES) {
                    for (boolean upsert : new boolean[] {true, false}) {
                        for (Map.Entry<String, Ways.Way> way : Ways.all().entrySet()) {
                            String line = measure(target, way, size, upsert);
                            if (round == ROUNDS - 1) {
                                out.println(line);
                            }
                        }
                    }
                }
            }
            return 0;
        } finally {
            JdbcSinkBench.delete(directory);
        }
    }

    private String measure(Target target, Map.Entry<String, Ways.Way> way, int size, boolean upsert) throws Exception {
        target.table("measured", upsert);
        long keys = rows * 5 / 8;
        Random random = new Random(1);
        long nanos = 0;
        Duration cpu = Duration.ZERO;
        Duration database = CpuTime.of(target.server().pid());
        try (Connection connection = target.connect()) {
            connection.setAutoCommit(false);
            for (long from = 0; from < rows; from += size) {
                List<ItemRow> batch = ItemRow.batch(random, from, size, keys);
                Duration before = CpuTime.own();
                long start = System.nanoTime();
                way.getValue().write(connection, "measured", upsert, batch);
                connection.commit();
                nanos += System.nanoTime() - start;
                cpu = cpu.plus(CpuTime.own().minus(before));
            }
            expect(connection, upsert ? keys : -1);
        }
        database = CpuTime.of(target.server().pid()).minus(database);
        target.run("DROP TABLE measured");
        return String.format(
                Locale.ROOT,
                "%s, batches of %,5d  %-30s %,9.0f rows/s   processor time per row: program %.2f µs, database %.2f µs",
                upsert ? "upsert" : "append",
                size,
                way.getKey(),
                rows * 1e9 / nanos,
                cpu.toNanos() / 1e3 / rows,
                database.toNanos() / 1e3 / rows);
    }

    /** That no way is fast because it writes less. */
    private static void expect(Connection connection, long wanted) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM measured")) {
            count.next();
            if (wanted >= 0 && count.getLong(1) != wanted) {
                throw new IllegalStateException(count.getLong(1) + " rows, wanted " + wanted);
            }
        }
    }
}
