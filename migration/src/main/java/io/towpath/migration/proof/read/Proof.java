package io.towpath.migration.proof.read;

import io.towpath.migration.Interrupted;
import io.towpath.migration.Patience;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Budget;
import io.towpath.migration.proof.Entry;
import io.towpath.migration.proof.LogStarts;
import io.towpath.migration.proof.PartitionProof;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Spill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/** One proof of two clusters: fences, two readers, and a second look at what could be a duplicate. */
public final class Proof {

    private final Cluster source;
    private final Cluster target;
    private final ProofSettings settings;

    public Proof(Cluster source, Cluster target, ProofSettings settings) {
        this.source = source;
        this.target = target;
        this.settings = settings;
    }

    /**
     * Compares {@code topics} up to the source's last stable offsets of now.
     *
     * @return a result per partition, sorted
     * @throws ReadFailure when a cluster cannot be read that far
     */
    public List<PartitionResult> run(Collection<String> topics, Progress progress) {
        try (ClusterView sourceView = new ClusterView(source);
                ClusterView targetView = new ClusterView(target)) {
            Fences fences = new Fences(sourceView, targetView, topics);
            Set<String> compacted = new HashSet<>(sourceView.compacted(topicsOf(fences.onSource())));
            compacted.addAll(targetView.compacted(topicsOf(fences.onTarget())));
            Map<TopicPartition, PartitionProof> proofs = proofs(fences.read(), compacted);
            compare(proofs, fences, progress);
            return results(proofs, fences);
        }
    }

    private static Set<String> topicsOf(Set<TopicPartition> partitions) {
        Set<String> topics = new HashSet<>();
        partitions.forEach(tp -> topics.add(tp.topic()));
        return topics;
    }

    private Map<TopicPartition, PartitionProof> proofs(Map<TopicPartition, Bounds> bounds, Set<String> compacted) {
        PartitionProof.Parts parts = new PartitionProof.Parts(
                new Budget(settings.remembered()), new Spill(settings.keysInMemory(), settings.directory()));
        Map<TopicPartition, PartitionProof> proofs = new HashMap<>();
        bounds.forEach((tp, b) -> proofs.put(tp, new PartitionProof(tp, b, compacted.contains(tp.topic()), parts)));
        return proofs;
    }

    private void compare(Map<TopicPartition, PartitionProof> proofs, Fences fences, Progress progress) {
        SideReader left =
                new SideReader(source, starts(proofs, fences.onSource(), Bounds::sourceStart), new SourceTaker(proofs));
        SideReader right =
                new SideReader(target, starts(proofs, fences.onTarget(), Bounds::targetStart), new TargetTaker(proofs));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> reading = List.of(threads.submit(left::run), threads.submit(right::run));
            new Watch(proofs.values(), settings.patience(), progress).untilCompared(() -> check(reading));
            left.stop();
            right.stop();
            for (Future<?> reader : reading) {
                await(reader);
            }
        } finally {
            left.stop();
            right.stop();
            threads.shutdownNow();
        }
    }

    private static Map<TopicPartition, Long> starts(
            Map<TopicPartition, PartitionProof> proofs, Set<TopicPartition> there, ToLongFunction<Bounds> start) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        there.forEach(tp -> starts.put(tp, start.applyAsLong(proofs.get(tp).bounds())));
        return starts;
    }

    /** A reader that failed ends the proof. */
    private static void check(List<Future<?>> reading) {
        reading.stream().filter(Future::isDone).forEach(Proof::await);
    }

    private static void await(Future<?> reader) {
        try {
            reader.get();
        } catch (ExecutionException e) {
            throw new ReadFailure("reading failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw new Interrupted("reading", e);
        }
    }

    private List<PartitionResult> results(Map<TopicPartition, PartitionProof> proofs, Fences fences) {
        Map<TopicPartition, LogStarts> ends = fences.startsNow();
        Map<TopicPartition, List<Entry>> suspects = new HashMap<>();
        proofs.forEach((tp, proof) -> {
            List<Entry> left = proof.end(ends.get(tp));
            if (!left.isEmpty()) {
                suspects.put(tp, left);
            }
        });
        new SecondLook(source, proofs).name(suspects);
        List<PartitionResult> results = new ArrayList<>();
        proofs.values().forEach(proof -> results.add(proof.result()));
        results.sort(Comparator.comparing((PartitionResult r) -> r.partition().topic())
                .thenComparing(r -> r.partition().partition()));
        return results;
    }

    private record SourceTaker(Map<TopicPartition, PartitionProof> proofs) implements SideReader.Taker {
        @Override
        public void take(TopicPartition partition, List<Entry> entries, long position) {
            PartitionProof proof = proofs.get(partition);
            entries.removeIf(e -> e.offset() >= proof.bounds().sourceFence());
            proof.source(entries, position);
        }

        @Override
        public boolean wants(TopicPartition partition) {
            return proofs.get(partition).wantsSource();
        }

        @Override
        public boolean finished(TopicPartition partition) {
            return proofs.get(partition).sourceRead();
        }
    }

    private record TargetTaker(Map<TopicPartition, PartitionProof> proofs) implements SideReader.Taker {
        @Override
        public void take(TopicPartition partition, List<Entry> entries, long position) {
            proofs.get(partition).target(entries, position);
        }

        @Override
        public boolean wants(TopicPartition partition) {
            return proofs.get(partition).wantsTarget();
        }

        @Override
        public boolean finished(TopicPartition partition) {
            return proofs.get(partition).complete();
        }
    }

    /** Waits for the comparison, and decides when the target stands still. */
    private record Watch(Collection<PartitionProof> proofs, Duration patience, Progress progress) {

        private static final Duration LOOK = Duration.ofMillis(100);

        void untilCompared(Runnable check) {
            long last = -1;
            long movedAt = System.nanoTime();
            long toldAt = movedAt;
            Patience pause = new Patience(LOOK, LOOK);
            while (!proofs.stream().allMatch(PartitionProof::complete)) {
                check.run();
                long now = System.nanoTime();
                long sum = proofs.stream().mapToLong(PartitionProof::progress).sum();
                movedAt = sum == last ? movedAt : now;
                last = sum;
                if (now - movedAt > patience.toNanos() && stands()) {
                    return;
                }
                if (now - toldAt > 1_000_000_000L) {
                    toldAt = now;
                    tell();
                }
                pause.pause();
            }
            tell();
        }

        /** Nothing has moved for long: the flow is behind for good, or a cluster does not answer. */
        private boolean stands() {
            for (PartitionProof proof : proofs) {
                if (!proof.targetRead() && proof.wantsTarget()) {
                    throw new ReadFailure("the target stopped answering at " + proof.partition());
                }
                if (!proof.sourceRead() && proof.wantsSource()) {
                    throw new ReadFailure("the source stopped answering at " + proof.partition());
                }
            }
            proofs.stream().filter(proof -> !proof.complete()).forEach(PartitionProof::targetStands);
            return proofs.stream().allMatch(PartitionProof::sourceRead);
        }

        private void tell() {
            long read = 0;
            long wanted = 0;
            long matched = 0;
            for (PartitionProof proof : proofs) {
                read += proof.sourcePosition() - proof.bounds().sourceStart();
                wanted += proof.bounds().sourceFence() - proof.bounds().sourceStart();
                matched += proof.matched();
            }
            progress.at(read, wanted, matched);
        }
    }
}
