package io.towpath.bench.capture;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.connect.ConnectRest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code towpath bench capture}: ours beside the plain Debezium connector, both exactly-once, on the same databases,
 * converter and changes; each on a worker of its own that has read as many changes before, so that what is measured is the
 * compiled code of both. The changes lie in the log when the clock starts.
 */
public final class CaptureBench {

    private static final double WANTED = 1.0;
    private static final int DIFFER = 2;
    private static final int MANY = 4;
    private static final int WARM_AGAIN = 10;
    private static final int HEAP = 512;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final PrintStream out;
    private final int changes;

    /** @param args at most one: how many changes */
    public CaptureBench(PrintStream out, List<String> args) {
        this.out = out;
        this.changes = args.isEmpty() ? 300_000 : Integer.parseInt(args.get(0));
    }

    /** Exit code: 0 when ours is as fast and four databases cost no more than one, 2 otherwise. */
    public int run() throws Exception {
        Path directory = Files.createTempDirectory("towpath-bench");
        try (Stack stack = Stack.embedded(directory, Tuning.THROUGHPUT)) {
            return run(stack, directory);
        } finally {
            delete(directory);
        }
    }

    private int run(Stack stack, Path directory) throws Exception {
        KafkaCluster kafka = stack.kafka("bench", 1);
        PostgresServer postgres = stack.postgres("pg");
        Path peer = stock(directory.resolve("peer"));
        Map<Contender, ConnectWorker> workers = new EnumMap<>(Contender.class);
        workers.put(Contender.TOWPATH, worker(stack, kafka, "ours", Plugins.capture()));
        workers.put(Contender.DEBEZIUM, worker(stack, kafka, "plain", peer));
        out.println(
                "Both exactly-once, the same converters, the producers' defaults. Debezium's Kafka transactions end with each"
                        + " poll,");
        out.println(
                "Towpath's between database transactions, which it learns from a BEGIN and an END record for each.");
        Round one = new Round(kafka, postgres, workers, List.of("one"));
        Map<Contender, Figure> single = show(one.run(changes, changes, LIMIT));
        Round many = new Round(
                kafka,
                postgres,
                workers,
                Stream.iterate(1, n -> n + 1).limit(MANY).map(n -> "db" + n).toList());
        Map<Contender, Figure> several = show(many.run(changes / WARM_AGAIN, changes, LIMIT));
        Figure ours = single.get(Contender.TOWPATH);
        Figure oursOfMany = several.get(Contender.TOWPATH);
        double ratio = ours.rate() / single.get(Contender.DEBEZIUM).rate();
        double rate = oursOfMany.rate() / ours.rate();
        double cpu = oursOfMany.cpu() / ours.cpu();
        out.printf(Locale.ROOT, "four databases of one: rate %.2f, processor time %.2f%n", rate, cpu);
        out.printf(Locale.ROOT, "ratio=%.2f%n", ratio);
        return ratio >= WANTED && rate >= WANTED && cpu <= WANTED ? 0 : DIFFER;
    }

    private Map<Contender, Figure> show(Map<Contender, Figure> figures) {
        figures.values().forEach(out::println);
        return figures;
    }

    private static ConnectWorker worker(Stack stack, KafkaCluster kafka, String name, Path plugins) {
        return stack.connect(
                name, kafka, WorkerSettings.of(plugins).withGroup(name).withHeap(HEAP));
    }

    /** The very jars that our plugin hides from the worker, as a plugin of their own. */
    private static Path stock(Path folder) throws IOException {
        Path plugin = Files.createDirectories(folder.resolve("debezium-postgres"));
        Path delegates = Plugins.capture().resolve("towpath-capture").resolve("delegates");
        try (Stream<Path> jars = Files.list(delegates)) {
            for (Path jar : jars.filter(CaptureBench::isDebeziums).toList()) {
                String name = jar.getFileName().toString().replaceAll("\\.delegate$", ".jar");
                Files.copy(jar, plugin.resolve(name));
            }
        }
        return folder;
    }

    /** But for what takes the place of Debezium's own classes. */
    private static boolean isDebeziums(Path jar) {
        return !jar.getFileName().toString().startsWith("towpath-");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Stops or resumes connectors. */
    static void all(ConnectRest rest, List<Map<String, String>> connectors, boolean run) {
        for (Map<String, String> config : connectors) {
            String name = config.get("name");
            if (run) {
                rest.resume(name);
            } else {
                rest.stop(name);
                rest.awaitStopped(name, LIMIT);
            }
        }
    }
}
