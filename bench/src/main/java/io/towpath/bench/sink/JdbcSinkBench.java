package io.towpath.bench.sink;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code towpath bench jdbc-sink}: one topic of Debezium events, one database, side by side: a program written for the
 * one table as the limit, our sink, and Debezium's JDBC sink at its best documented settings; once with JSON with
 * schemas by Kafka's converter, once by ours, and once with Avro, the same converter for all three. {@code ratio_json} is
 * that with our converter, which Debezium's sink has then too; with Kafka's, where all of them wait for it, it is told above.
 */
public final class JdbcSinkBench {
    private static final double WANTED_OF_DEBEZIUM_JSON = 2.0;
    private static final double WANTED_OF_DEBEZIUM_AVRO = 2.5;
    private static final double WANTED_OF_LIMIT = 0.8;
    private static final int DIFFER = 2;
    private static final int PARTITIONS = 4;

    private final PrintStream out;
    private final long records;
    private final int tasks;

    /**
     * A run.
     *
     * @param args at most two: how many events, five eighths as many keys; how many tasks each sink has (1: the limit,
     *     too, reads with one thread and writes over one connection)
     */
    public JdbcSinkBench(PrintStream out, List<String> args) {
        this.out = out;
        this.records = args.isEmpty() ? 800_000 : Long.parseLong(args.get(0));
        this.tasks = args.size() < 2 ? 1 : Integer.parseInt(args.get(1));
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
        Peers.registry(Path.of(System.getProperty("towpath.home")));
        KafkaCluster cluster = stack.kafka("bench", 1);
        var server = stack.postgres("pg");
        server.createDatabase("target");
        Target target = new Target(server, "target");
        Format avro = Format.avro(stack.registry("registry").url());
        Contenders contenders = new Contenders(stack, cluster, target, tasks);
        Ratios kafkas = measure(cluster, target, contenders, Format.json());
        out.printf(Locale.ROOT, "all three with Kafka's JsonConverter: %s%n", kafkas);
        Ratios json = measure(cluster, target, contenders, Format.schemaOnce());
        out.printf(Locale.ROOT, "all three with SchemaOnceJsonConverter: %s%n", json);
        Ratios binary = measure(cluster, target, contenders, avro);
        double ofLimit = Stream.of(kafkas, json, binary)
                .mapToDouble(Ratios::ofLimit)
                .min()
                .orElseThrow();
        out.printf(
                Locale.ROOT,
                "ratio_json=%.2f ratio_avro=%.2f of_limit=%.2f%n",
                json.ofDebezium(),
                binary.ofDebezium(),
                ofLimit);
        boolean good = json.ofDebezium() >= WANTED_OF_DEBEZIUM_JSON
                && binary.ofDebezium() >= WANTED_OF_DEBEZIUM_AVRO
                && ofLimit >= WANTED_OF_LIMIT;
        return good ? 0 : DIFFER;
    }

    private record Ratios(double ofDebezium, double ofLimit) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f of Debezium's sink, %.2f of the limit", ofDebezium, ofLimit);
        }
    }

    private Ratios measure(KafkaCluster cluster, Target target, Contenders contenders, Format format) throws Exception {
        ItemEvents events = topic(cluster, format, "items_" + format.name(), records);
        ItemEvents small = topic(cluster, format, "small_" + format.name(), Math.max(1, records / 8));
        show(new Limit(cluster, small, target).converterAlone());
        Figure worker = show(contenders.nothing(small, events));
        contenders.warmUp(small);
        String setting = contenders.bestOfDebezium(small, out);
        warmUp(new Limit(cluster, small, target), small);
        Limit limit = new Limit(cluster, events, target);
        Figure limitUpsert = show(limit.run("limit, upsert", "limit_upsert_" + events.topic(), true));
        Figure upsert = show(contenders.ours("Towpath, upsert", events, true));
        Figure debezium = show(contenders.debezium(events, setting));
        Figure limitAppend = show(limit.run("limit, append", "limit_append_" + events.topic(), false));
        Figure append = show(contenders.ours("Towpath, append", events, false));
        check(target, events, setting);
        double converter = worker.cpu().program();
        out.printf(
                Locale.ROOT,
                "%s, processor time per record: converter and worker %.1f µs; Towpath %.1f µs (its writing thread"
                        + " %.1f µs), Debezium %.1f µs of its own; database %.1f and %.1f µs%n",
                format.name(),
                converter,
                upsert.cpu().program() - converter,
                upsert.cpu().writers(),
                debezium.cpu().program() - converter,
                upsert.cpu().database(),
                debezium.cpu().database());
        double ofLimit = Math.min(upsert.rate() / limitUpsert.rate(), append.rate() / limitAppend.rate());
        return new Ratios(upsert.rate() / debezium.rate(), ofLimit);
    }

    private static void warmUp(Limit limit, ItemEvents small) throws Exception {
        for (int run = 0; run < Contenders.WARM_UPS; run++) {
            limit.run("", "limit_upsert_" + small.topic() + "_warm" + run, true);
        }
        limit.run("", "limit_append_" + small.topic() + "_warm", false);
    }

    private ItemEvents topic(KafkaCluster cluster, Format format, String name, long count) throws Exception {
        ItemEvents events = new ItemEvents(name, format, PARTITIONS, count, count * 5 / 8);
        out.printf(Locale.ROOT, "writing %,d events about %,d keys as %s%n", count, events.keys(), format.name());
        events.create(cluster);
        return events;
    }

    private Figure show(Figure figure) {
        out.println(figure);
        return figure;
    }

    private static void check(Target target, ItemEvents events, String setting) throws Exception {
        for (String writer : new String[] {"limit_upsert_", "ours_upsert_", "debezium_" + setting + "_"}) {
            expect(target, writer + events.topic(), events.keys());
        }
        for (String writer : new String[] {"limit_append_", "ours_append_"}) {
            expect(target, writer + events.topic(), events.records());
        }
    }

    private static void expect(Target target, String table, long wanted) throws Exception {
        long rows = target.count(table);
        if (rows != wanted) {
            throw new IllegalStateException("table " + table + " has " + rows + " rows, wanted " + wanted);
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
