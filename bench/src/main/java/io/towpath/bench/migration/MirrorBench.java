package io.towpath.bench.migration;

import io.towpath.local.ConnectWorker;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.Patience;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.mm2.ClusterEnd;
import io.towpath.mm2.FlowWorker;
import io.towpath.mm2.IdentityFlow;
import io.towpath.mm2.Sizing;
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
 * throughput flow, and by a bare pipe. Counted from the first record on the target to the last.
 */
public final class MirrorBench {

    private static final int PARTITIONS = 4;
    private static final int TASKS = 2;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final PrintStream out;
    private final int records;

    public MirrorBench(PrintStream out, List<String> sizes) {
        this.out = out;
        this.records = sizes.isEmpty() ? 2_000_000 : Integer.parseInt(sizes.get(0));
    }

    /** Exit code: 0 when both bounds hold, else 2. */
    public int run() throws Exception {
        try (Clusters clusters = new Clusters()) {
            Events events = new Events("bench", PARTITIONS, records);
            events.create(List.of(clusters.dc1.bootstrapServers()));
            events.write(List.of(clusters.dc1.bootstrapServers()));
            out.println(records + " records of about 360 bytes, lz4, " + PARTITIONS + " partitions");
            double pipe = pipe(clusters);
            out.printf("bare pipe, %d threads: %,.0f records/s%n", TASKS, pipe);
            double ours = flow(clusters, "ours", "enabled", packaged(clusters));
            out.printf("our throughput flow, %d tasks, exactly once: %,.0f records/s%n", TASKS, ours);
            double documented = flow(clusters, "documented", "disabled", documented(clusters));
            out.printf("MM2 as documented: %,.0f records/s%n", documented);
            out.printf("ratio=%.1f of_limit=%.2f%n", ours / documented, ours / pipe);
            return ours >= 5 * documented && ours >= 0.9 * pipe ? 0 : 2;
        }
    }

    private double pipe(Clusters clusters) throws Exception {
        new Events("piped", PARTITIONS, records).create(List.of(clusters.dc2.bootstrapServers()));
        try (BarePipe pipe = new BarePipe(clusters.both(), "bench", "piped", TASKS)) {
            pipe.start(PARTITIONS);
            return rate(clusters, "piped");
        }
    }

    private double flow(Clusters clusters, String name, String exactlyOnce, Map<String, String> config)
            throws Exception {
        String topic = config.get("target.topic");
        Map<String, String> connector = new TreeMap<>(config);
        connector.remove("target.topic");
        new Events(topic, PARTITIONS, records).create(List.of(clusters.dc2.bootstrapServers()));
        ConnectWorker worker = clusters.stack.connect(
                name,
                clusters.dc2,
                WorkerSettings.of().withGroup(name).withHeap(1024).with("exactly.once.source.support", exactlyOnce));
        try {
            new ConnectRest(worker.url()).put(name, connector);
            return rate(clusters, topic);
        } finally {
            worker.stop();
        }
    }

    private Map<String, String> packaged(Clusters clusters) {
        IdentityFlow flow = new IdentityFlow(
                "ours",
                end(clusters.dc1.name(), clusters.dc1.bootstrapServers()),
                end(clusters.dc2.name(), clusters.dc2.bootstrapServers()),
                List.of("bench"),
                Sizing.throughput(TASKS),
                new FlowWorker(true, true));
        Map<String, String> config = flow.render();
        config.put("target.topic", "bench");
        return config;
    }

    /** The defaults, with the converters that dedicated mode sets. */
    private static Map<String, String> documented(Clusters clusters) {
        String bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
        Map<String, String> config = new TreeMap<>();
        config.put("connector.class", "org.apache.kafka.connect.mirror.MirrorSourceConnector");
        config.put("source.cluster.alias", "dc1");
        config.put("target.cluster.alias", "dc2");
        config.put("source.cluster.bootstrap.servers", clusters.dc1.bootstrapServers());
        config.put("target.cluster.bootstrap.servers", clusters.dc2.bootstrapServers());
        config.put("topics", "bench");
        config.put("replication.factor", "1");
        config.put("offset-syncs.topic.replication.factor", "1");
        List.of("key.converter", "value.converter", "header.converter").forEach(key -> config.put(key, bytes));
        config.put("target.topic", "dc1.bench");
        return config;
    }

    private static ClusterEnd end(String alias, String bootstrapServers) {
        return new ClusterEnd(alias, bootstrapServers, Map.of());
    }

    private double rate(Clusters clusters, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", clusters.dc2.bootstrapServers()))) {
            Patience often = new Patience(LIMIT, Duration.ofMillis(20));
            long before = often.until(() -> Optional.of(end(admin, topic)).filter(end -> end > 0))
                    .orElseThrow();
            long start = System.nanoTime();
            long last = often.until(() -> Optional.of(end(admin, topic)).filter(end -> end >= records))
                    .orElseThrow();
            return (Math.min(last, records) - before) * 1e9 / (System.nanoTime() - start);
        }
    }

    private static long end(Admin admin, String topic) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
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
