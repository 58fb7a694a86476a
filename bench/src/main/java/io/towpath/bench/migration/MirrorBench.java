package io.towpath.bench.migration;

import io.towpath.local.ConnectWorker;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.Patience;
import io.towpath.migration.connect.ConnectRest;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code towpath bench mirror [RECORDS]}: the same source topic copied by MM2 as its documentation starts it, by our
 * throughput flow, and by a bare pipe. Every one of them is counted from the moment when it has copied a quarter: then its
 * JVM is warm, its connections stand, and no rebalance is under way.
 */
public final class MirrorBench {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int TASKS = 2;

    private final PrintStream out;
    private final int records;

    /** One kind of topic to copy. */
    private record Shape(String name, int partitions, int records, int padding) {}

    /** Records per second. */
    private record Rates(double pipe, double ours, double documented) {

        boolean hold() {
            return ours >= 5 * documented && ours >= 0.9 * pipe;
        }
    }

    public MirrorBench(PrintStream out, List<String> sizes) {
        this.out = out;
        this.records = sizes.isEmpty() ? 2_000_000 : Integer.parseInt(sizes.get(0));
    }

    /** Exit code: 0 when both bounds hold for both shapes, else 2. */
    public int run() throws Exception {
        Rates large = measure(new Shape("1 KB", 40, records / 4, 660));
        Rates events = measure(new Shape("360 bytes", 4, records, 0));
        out.printf("ratio=%.1f of_limit=%.2f%n", events.ours / events.documented, events.ours / events.pipe);
        return events.hold() && large.hold() ? 0 : 2;
    }

    private Rates measure(Shape shape) throws Exception {
        try (Clusters clusters = new Clusters()) {
            Events events = new Events("bench", shape.partitions, shape.records, shape.padding);
            events.create(List.of(clusters.dc1.bootstrapServers()));
            events.write(List.of(clusters.dc1.bootstrapServers()));
            out.printf("%,d records of about %s, lz4, %d partitions%n", shape.records, shape.name, shape.partitions);
            double pipe = pipe(clusters, shape);
            out.printf("bare pipe, %d threads: %,.0f records/s%n", TASKS, pipe);
            double ours = flow(clusters, shape, "ours", "enabled", Contenders.packaged(clusters, TASKS));
            out.printf("our throughput flow, %d tasks, exactly once: %,.0f records/s%n", TASKS, ours);
            double documented = flow(clusters, shape, "documented", "disabled", Contenders.documented(clusters));
            out.printf("MM2 as documented: %,.0f records/s%n", documented);
            out.printf("%s: ratio=%.1f of_limit=%.2f%n", shape.name, ours / documented, ours / pipe);
            return new Rates(pipe, ours, documented);
        }
    }

    private double pipe(Clusters clusters, Shape shape) throws Exception {
        new Events("piped", shape.partitions, shape.records).create(List.of(clusters.dc2.bootstrapServers()));
        try (BarePipe pipe = new BarePipe(clusters.both(), "bench", "piped", TASKS)) {
            pipe.start(shape.partitions);
            return rate(clusters, shape, "piped");
        }
    }

    private double flow(Clusters clusters, Shape shape, String name, String exactlyOnce, Map<String, String> config)
            throws Exception {
        Map<String, String> connector = new TreeMap<>(config);
        String topic = connector.remove(Contenders.TARGET_TOPIC);
        new Events(topic, shape.partitions, shape.records).create(List.of(clusters.dc2.bootstrapServers()));
        ConnectWorker worker = clusters.stack.connect(
                name,
                clusters.dc2,
                WorkerSettings.of().withGroup(name).withHeap(1536).with("exactly.once.source.support", exactlyOnce));
        try {
            new ConnectRest(worker.url()).put(name, connector);
            return rate(clusters, shape, topic);
        } finally {
            worker.stop();
        }
    }

    private double rate(Clusters clusters, Shape shape, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", clusters.dc2.bootstrapServers()))) {
            Patience often = new Patience(LIMIT, Duration.ofMillis(20));
            long warm = shape.records / 4;
            long before = often.until(
                            () -> Optional.of(end(admin, shape, topic)).filter(end -> end >= warm))
                    .orElseThrow();
            long start = System.nanoTime();
            long last = often.until(() -> Optional.of(end(admin, shape, topic)).filter(end -> end >= shape.records))
                    .orElseThrow();
            return (Math.min(last, shape.records) - before) * 1e9 / (System.nanoTime() - start);
        }
    }

    private static long end(Admin admin, Shape shape, String topic) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < shape.partitions; partition++) {
            wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        try {
            return admin.listOffsets(wanted).all().get().values().stream()
                    .mapToLong(info -> info.offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the target does not tell its ends", e);
        }
    }
}
