package io.towpath.bench.migration;

import io.towpath.local.ConnectWorker;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.config.Migration;
import io.towpath.migration.config.MigrationFile;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.TwinJournal;
import io.towpath.migration.proof.read.CheckpointFile;
import io.towpath.migration.switchover.ProofLine;
import io.towpath.migration.switchover.ProofStore;
import io.towpath.migration.switchover.step.SwitchJob;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * {@code towpath bench cutover [RECORDS]}: how long nobody can write. From the moment that the source is known to stand
 * still to the moment that the target is open, with 5,000 records/s until the freeze; once with RECORDS copied before, once
 * with ten times as many. The quiet period itself is the operator's choice and not counted.
 */
public final class CutoverBench {

    private static final int PARTITIONS = 64;
    private static final int PER_SECOND = 5_000;
    private static final double WANTED_SECONDS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final PrintStream out;
    private final int records;

    public CutoverBench(PrintStream out, List<String> sizes) {
        this.out = out;
        this.records = sizes.isEmpty() ? 1_400_000 : Integer.parseInt(sizes.get(0));
    }

    /** Exit code: 0 when both pauses are short enough, else 2. */
    public int run() throws Exception {
        try (Clusters clusters = new Clusters()) {
            ConnectWorker worker = clusters.stack.connect(
                    "flows",
                    clusters.dc2,
                    WorkerSettings.of().withGroup("flows").withHeap(1024));
            double once = pause(clusters, worker, "small", records);
            double tenfold = pause(clusters, worker, "large", records * 10);
            out.printf(Locale.ROOT, "pause=%.1fs pause_10x=%.1fs%n", once, tenfold);
            return once < WANTED_SECONDS && tenfold < WANTED_SECONDS ? 0 : 2;
        }
    }

    private double pause(Clusters clusters, ConnectWorker worker, String topic, int copied) throws Exception {
        Events events = new Events(topic, PARTITIONS, copied);
        events.create(clusters.both());
        events.write(List.of(clusters.dc1.bootstrapServers()));
        Path folder = Files.createTempDirectory("towpath-bench-cutover");
        Migration migration = MigrationFile.read(file(clusters, worker, topic, folder));
        ConnectRest rest = new ConnectRest(worker.url());
        rest.put(migration.flowName(), migration.flow(List.of(topic)).render());
        rest.awaitRunning(migration.flowName(), LIMIT);
        Path proof = folder.resolve("proof");
        ProofStore kept = new ProofStore(proof, new CheckpointFile(proof)::write, out::println);
        out.println(topic + ": " + copied + " records, " + PARTITIONS + " partitions; before: "
                + new ProofLine(migration, Side.SOURCE, kept, LIMIT).catchUp(List.of(topic)));
        SteadyWriter writer = new SteadyWriter(clusters.dc1.bootstrapServers(), topic, PARTITIONS, PER_SECOND);
        Moments moments = new Moments(writer);
        SwitchJob.How how = new SwitchJob.How(migration.topics(), proof, LIMIT, Clock.systemUTC(), moments::told);
        try (TwinJournal journal = TwinJournal.take(migration, Clock.systemUTC());
                SwitchJob job = new SwitchJob(migration, Side.TARGET, journal, how)) {
            String said = job.run();
            double pause = moments.pause();
            out.println(topic + ": " + said + ", " + writer.written() + " records written meanwhile");
            rest.delete(migration.backFlowName());
            return pause;
        } finally {
            writer.stop();
        }
    }

    private static Path file(Clusters clusters, ConnectWorker worker, String topic, Path folder) throws IOException {
        return Files.writeString(folder.resolve("migration.yaml"), """
                name: %s
                source: {alias: dc1, bootstrap.servers: "%s"}
                target: {alias: dc2, bootstrap.servers: "%s"}
                connect: {url: "%s"}
                flow: {tasks: 2}
                topics: [%s]
                switch: {delivery.timeout: 2s, quiet: 3s}
                """.formatted(
                        topic, clusters.dc1.bootstrapServers(), clusters.dc2.bootstrapServers(), worker.url(), topic));
    }

    /** The writer stops when the freeze begins; the pause is from stillness to the end. */
    private final class Moments {
        private final SteadyWriter writer;
        private final long begun = System.nanoTime();
        private long still;

        Moments(SteadyWriter writer) {
            this.writer = writer;
        }

        void told(String line) {
            out.printf(Locale.ROOT, "  %6.2f s  %s%n", (System.nanoTime() - begun) / 1e9, line);
            if (line.equals("freeze")) {
                writer.stop();
            }
            if (line.contains(" stands still, ")) {
                still = System.nanoTime();
            }
        }

        double pause() {
            return (System.nanoTime() - still) / 1e9;
        }
    }
}
