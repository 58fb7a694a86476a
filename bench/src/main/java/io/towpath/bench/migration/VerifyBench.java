package io.towpath.bench.migration;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * {@code towpath bench verify [RECORDS [PARTITIONS]]}: {@code towpath verify} against two runs of Kafka's
 * ConsumerPerformance, one per cluster, at the same time. Both read the same topic, in turns, each in JVMs that start
 * cold and tell the time that reading took; medians of {@value #ROUNDS} rounds.
 */
public final class VerifyBench {

    private static final String TOPIC = "bench";
    private static final int ROUNDS = 3;
    private static final double WANTED = 0.7;

    private final PrintStream out;
    private final int records;
    private final int partitions;

    public VerifyBench(PrintStream out, List<String> sizes) {
        this.out = out;
        this.records = sizes.isEmpty() ? 5_000_000 : Integer.parseInt(sizes.get(0));
        this.partitions = sizes.size() < 2 ? 4 : Integer.parseInt(sizes.get(1));
    }

    /** Exit code: 0 when the bound holds, else 2. */
    public int run() throws Exception {
        try (Clusters clusters = new Clusters()) {
            Events events = new Events(TOPIC, partitions, records);
            events.create(clusters.both());
            events.write(clusters.both());
            out.printf(
                    "%,d records of about 360 bytes, lz4, %d partitions, on two clusters; every run in JVMs of its own%n",
                    records, partitions);
            List<Double> limits = new ArrayList<>();
            List<Double> proofs = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                Path folder = Files.createDirectory(clusters.folder().resolve("round-" + round));
                limits.add(readers(folder, clusters));
                proofs.add(ProofRun.rate(folder, clusters, TOPIC, records));
                out.printf(
                        "round %d: two ConsumerPerformance %,.0f, proof %,.0f records/s per cluster%n",
                        round, limits.get(round - 1), proofs.get(round - 1));
            }
            double ofLimit = median(proofs) / median(limits);
            out.printf(
                    "medians: two ConsumerPerformance %,.0f, proof %,.0f records/s per cluster%n",
                    median(limits), median(proofs));
            out.printf("of_limit=%.2f%n", ofLimit);
            return ofLimit >= WANTED ? 0 : 2;
        }
    }

    /** The slower of two readers at the same time: by then both clusters were read, as in a proof. */
    private double readers(Path folder, Clusters clusters) throws Exception {
        ConsumerPerf first = ConsumerPerf.start(folder, clusters.dc1.bootstrapServers(), TOPIC, records);
        ConsumerPerf second = ConsumerPerf.start(folder, clusters.dc2.bootstrapServers(), TOPIC, records);
        return Math.min(first.rate(), second.rate());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
