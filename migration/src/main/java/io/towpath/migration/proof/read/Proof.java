package io.towpath.migration.proof.read;

import io.towpath.migration.BadInput;
import io.towpath.migration.Interrupted;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Budget;
import io.towpath.migration.proof.Checkpoint;
import io.towpath.migration.proof.Entry;
import io.towpath.migration.proof.LogStarts;
import io.towpath.migration.proof.PartitionProof;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Spill;
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
import java.util.stream.Collectors;
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
        return round(topics, Checkpoint.NONE, Long.MAX_VALUE, progress).results();
    }

    /**
     * Goes on from {@code from} up to the source's last stable offsets of now, in rounds of at most {@code most} offsets
     * per partition; each round's checkpoint is kept before the next begins.
     */
    public Checkpoint catchUp(Collection<String> topics, CheckpointFile file, long most, Progress progress) {
        Checkpoint checkpoint = file.read();
        do {
            checkpoint = round(topics, checkpoint, most, progress);
            file.write(checkpoint);
        } while (!checkpoint.whole());
        return checkpoint;
    }

    private Checkpoint round(Collection<String> topics, Checkpoint from, long most, Progress progress) {
        try (ClusterView sourceView = new ClusterView(source);
                ClusterView targetView = new ClusterView(target)) {
            Fences fences = new Fences(sourceView, targetView, topics);
            Set<String> compacted = new HashSet<>(sourceView.compacted(topicsOf(fences.onSource())));
            compacted.addAll(targetView.compacted(topicsOf(fences.onTarget())));
            Map<String, String> ids = ids(sourceView, targetView, topics);
            refuseRecreated(from.topics(), ids);
            Map<TopicPartition, PartitionResult> earlier =
                    from.results().stream().collect(Collectors.toMap(PartitionResult::partition, r -> r));
            Map<TopicPartition, Bounds> ends = fences.read(earlier);
            Map<TopicPartition, Bounds> bounds = new HashMap<>();
            ends.forEach((tp, b) -> bounds.put(tp, b.atMost(most)));
            Map<TopicPartition, PartitionProof> proofs = proofs(bounds, compacted, earlier);
            compare(proofs, fences, progress);
            return new Checkpoint(results(proofs, fences), ids, bounds.equals(ends));
        }
    }

    private static Set<String> topicsOf(Set<TopicPartition> partitions) {
        Set<String> topics = new HashSet<>();
        partitions.forEach(tp -> topics.add(tp.topic()));
        return topics;
    }

    private static Map<String, String> ids(ClusterView source, ClusterView target, Collection<String> topics) {
        Map<String, String> ids = new HashMap<>();
        source.ids(topics).forEach((topic, id) -> ids.put("source " + topic, id));
        target.ids(topics).forEach((topic, id) -> ids.put("target " + topic, id));
        return ids;
    }

    private static void refuseRecreated(Map<String, String> then, Map<String, String> now) {
        then.forEach((topic, id) -> {
            if (!id.equals(now.get(topic))) {
                throw new BadInput(topic + " was deleted or recreated since the checkpoint; delete the checkpoint to"
                        + " prove anew");
            }
        });
    }

    private Map<TopicPartition, PartitionProof> proofs(
            Map<TopicPartition, Bounds> bounds, Set<String> compacted, Map<TopicPartition, PartitionResult> earlier) {
        PartitionProof.Parts parts = new PartitionProof.Parts(
                new Budget(settings.remembered()), new Spill(settings.keysInMemory(), settings.directory()));
        Map<TopicPartition, PartitionProof> proofs = new HashMap<>();
        bounds.forEach((tp, b) ->
                proofs.put(tp, new PartitionProof(tp, b, compacted.contains(tp.topic()), parts, earlier.get(tp))));
        return proofs;
    }

    private void compare(Map<TopicPartition, PartitionProof> proofs, Fences fences, Progress progress) {
        SideReader left = new SideReader(
                source, starts(proofs, fences.onSource(), Bounds::sourceFrom), new Takers.OfSource(proofs));
        SideReader right = new SideReader(
                target, starts(proofs, fences.onTarget(), Bounds::targetFrom), new Takers.OfTarget(proofs));
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
}
