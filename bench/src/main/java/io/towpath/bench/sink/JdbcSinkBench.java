package io.towpath.bench.sink;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import io.towpath.local.WorkerSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code towpath bench jdbc-sink}: one topic of Debezium events, one database, side by side: a program written for the
 * one table as the limit, our sink, and Debezium's JDBC sink at its best documented settings.
 */
public final class JdbcSinkBench {
    private static final double WANTED_OF_DEBEZIUM = 2.0;
    private static final double WANTED_OF_LIMIT = 0.8;
    private static final int DIFFER = 2;

    private static final Map<String, String> UPSERT =
            Map.of("insert.mode", "upsert", "primary.key.mode", "record_key", "delete.enabled", "true");

    private final PrintStream out;
    private final long records;

    /**
     * A run.
     *
     * @param args at most one: how many events; five eighths as many keys
     */
    public JdbcSinkBench(PrintStream out, List<String> args) {
        this.out = out;
        this.records = args.isEmpty() ? 800_000 : Long.parseLong(args.get(0));
    }

    /** Exit code: 0 when the wanted ratios hold, 2 otherwise. */
    public int run() throws Exception {
        Path directory = Files.createTempDirectory("towpath-bench");
        try (Stack stack = Stack.embedded(directory, Tuning.THROUGHPUT)) {
            return run(stack);
        } finally {
            delete(directory);
        }
    }

    private int run(Stack stack) throws Exception {
        KafkaCluster cluster = stack.kafka("bench", 1);
        var server = stack.postgres("pg");
        server.createDatabase("target");
        Target target = new Target(server, "target");
        ItemEvents events = new ItemEvents("items", 4, records, records * 5 / 8);
        out.printf(Locale.ROOT, "writing %,d events about %,d keys%n", records, events.keys());
        events.create(cluster, 1);
        ConnectWorker worker = stack.connect(
                "worker",
                cluster,
                WorkerSettings.of(Plugins.jdbc(), Peers.debezium(Path.of(System.getProperty("towpath.home"))))
                        .withHeap(1_536));
        Limit limit = new Limit(cluster, events, target);
        Connector connector = new Connector(cluster, worker, events, target);
        show(limit.converterAlone());
        Figure limitUpsert = show(limit.run("limit, upsert", "limit_upsert", true));
        Figure ours = show(connector.run("Towpath, upsert", "ours_upsert", true, ours(UPSERT)));
        Figure debezium = show(connector.run(
                "Debezium JDBC sink, upsert", "debezium_upsert", true, debezium(server.jdbcUrl("target"))));
        Figure limitAppend = show(limit.run("limit, append", "limit_append", false));
        Figure append =
                show(connector.run("Towpath, append", "ours_append", false, ours(Map.of("insert.mode", "append"))));
        check(target, events);
        double ofLimit = Math.min(ours.rate() / limitUpsert.rate(), append.rate() / limitAppend.rate());
        double ofDebezium = ours.rate() / debezium.rate();
        out.printf(Locale.ROOT, "ratio_json=%.2f of_limit=%.2f%n", ofDebezium, ofLimit);
        return ofDebezium >= WANTED_OF_DEBEZIUM && ofLimit >= WANTED_OF_LIMIT ? 0 : DIFFER;
    }

    private Figure show(Figure figure) {
        out.println(figure);
        return figure;
    }

    private static Map<String, String> ours(Map<String, String> mode) {
        Map<String, String> config = new HashMap<>(mode);
        config.put("connector.class", "io.towpath.jdbc.ExactlyOnceJdbcSinkConnector");
        return config;
    }

    private static Map<String, String> debezium(String url) {
        Map<String, String> config = new HashMap<>(UPSERT);
        config.putAll(Map.of(
                "connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector",
                "connection.url", url + "?reWriteBatchedInserts=true",
                "batch.size", "5000",
                "use.reduction.buffer", "true",
                "schema.evolution", "none"));
        return config;
    }

    private static void check(Target target, ItemEvents events) throws Exception {
        for (String table : new String[] {"limit_upsert", "ours_upsert", "debezium_upsert"}) {
            expect(table, target.count(table), events.keys());
        }
        for (String table : new String[] {"limit_append", "ours_append"}) {
            expect(table, target.count(table), events.records());
        }
    }

    private static void expect(String table, long rows, long wanted) {
        if (rows != wanted) {
            throw new IllegalStateException("table " + table + " has " + rows + " rows, wanted " + wanted);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
