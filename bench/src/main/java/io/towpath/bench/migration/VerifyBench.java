package io.towpath.bench.migration;

import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.proof.read.Proof;
import io.towpath.migration.proof.read.ProofSettings;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code towpath bench verify [RECORDS [PARTITIONS]]}: the proof against two bare readers, one per cluster, at the same
 * time. Both read the same topics, in turns; medians of {@link #ROUNDS} rounds after one that warms up.
 */
public final class VerifyBench {

    private static final int ROUNDS = 3;
    private static final double WANTED = 0.7;

    private final PrintStream out;
    private final int records;
    private final int partitions;

    public VerifyBench(PrintStream out, List<String> sizes) {
        this.out = out;
        this.records = sizes.isEmpty() ? 2_000_000 : Integer.parseInt(sizes.get(0));
        this.partitions = sizes.size() < 2 ? 4 : Integer.parseInt(sizes.get(1));
    }

    /** Exit code: 0 when the bound holds, else 2. */
    public int run() throws Exception {
        try (Clusters clusters = new Clusters()) {
            Events events = new Events("bench", partitions, records);
            events.create(clusters.both());
            events.write(clusters.both());
            out.println(records + " records of about 360 bytes, lz4, " + partitions + " partitions, on two clusters");
            List<Double> bare = new ArrayList<>();
            List<Double> proof = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                double limit = bare(clusters);
                double ours = proof(clusters);
                out.printf("round %d: two readers %,.0f, proof %,.0f records/s%n", round, limit, ours);
                if (round > 0) {
                    bare.add(limit);
                    proof.add(ours);
                }
            }
            double ofLimit = median(proof) / median(bare);
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
            out.printf(
                    "records/s per side: two readers %,.0f, proof %,.0f; largest heap allowed %,d MB%n",
                    median(bare), median(proof), heap >> 20);
            out.printf("of_limit=%.2f%n", ofLimit);
            return ofLimit >= WANTED ? 0 : 2;
        }
    }

    /** The slower of two readers at the same time. */
    private double bare(Clusters clusters) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Double>> rates = threads.invokeAll(clusters.both().stream()
                    .map(cluster -> new BareReader(cluster, "bench", partitions, records))
                    .toList());
            return Math.min(rates.get(0).get(), rates.get(1).get());
        } finally {
            threads.shutdown();
        }
    }

    private double proof(Clusters clusters) {
        long start = System.nanoTime();
        List<PartitionResult> results = new Proof(
                        Clusters.of(clusters.dc1),
                        Clusters.of(clusters.dc2),
                        ProofSettings.defaults(Duration.ofSeconds(30)))
                .run(List.of("bench"), (read, wanted, matched) -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        Verdict verdict = Verdict.of(results);
        if (!(verdict instanceof Verdict.Match match) || match.coverage().compared() != records) {
            throw new IllegalStateException("the proof of equal topics says " + verdict);
        }
        return records / seconds;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
