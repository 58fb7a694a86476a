package io.towpath.migration.proof.read;

import io.towpath.migration.BadInput;
import io.towpath.migration.Interrupted;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Budget;
import io.towpath.migration.proof.Checkpoint;
import io.towpath.migration.proof.Epochs;
import io.towpath.migration.proof.Offsets;
import io.towpath.migration.proof.PartitionProof;
import io.towpath.migration.proof.PartitionProof.Mode;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Span;
import io.towpath.migration.proof.Spill;
import io.towpath.migration.proof.Suspect;
import io.towpath.migration.proof.Vacancies;
import java.time.Clock;
import java.time.Instant;
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

    /** Records that may wait for the other side, of all partitions together; about 90 bytes each. */
    private static final int READ_AHEAD = 512 * 1024;

    private final Cluster source;
    private final Cluster target;
    private final ProofSettings settings;
    private final Clock clock;

    public Proof(Cluster source, Cluster target, ProofSettings settings) {
        this(source, target, settings, Clock.systemUTC());
    }

    /** {@code clock}: tells how old a transaction's marker is. */
    public Proof(Cluster source, Cluster target, ProofSettings settings, Clock clock) {
        this.clock = clock;
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
        return anew(topics, progress).results();
    }

    /** The same, with how far it came. */
    public Reached anew(Collection<String> topics, Progress progress) {
        return round(topics, Checkpoint.NONE, Long.MAX_VALUE, progress);
    }

    /**
     * Goes on from {@code from} up to the source's last stable offsets of now, in rounds of at most {@code most} offsets
     * per partition; each round's checkpoint is kept before the next begins, unless it names a difference.
     */
    public Reached catchUp(Collection<String> topics, CheckpointFile file, long most, Progress progress) {
        Checkpoint before = file.read();
        long reach = most;
        while (true) {
            Reached reached = round(topics, before, reach, progress);
            file.keep(reached.kept());
            if (reached.kept().whole()) {
                return reached;
            }
            reach = judged(reached.kept()) > judged(before) ? most : Math.min(reach, Long.MAX_VALUE / 4) * 2;
            before = reached.kept();
        }
    }

    /** A round over offsets that are all compacted away judges none of them: the next reaches further. */
    private static long judged(Checkpoint checkpoint) {
        return checkpoint.results().stream()
                .mapToLong(PartitionResult::sourceNext)
                .sum();
    }

    private Reached round(Collection<String> topics, Checkpoint from, long most, Progress progress) {
        try (ClusterView sourceView = new ClusterView(source);
                ClusterView targetView = new ClusterView(target)) {
            refuseSame(sourceView.clusterId(), targetView.clusterId(), target);
            Instant since = from.results().isEmpty() ? clock.instant() : from.since();
            Fences fences = new Fences(sourceView, targetView, topics);
            Set<String> compacted = new HashSet<>(sourceView.compacted(topicsOf(fences.onSource())));
            compacted.addAll(targetView.compacted(topicsOf(fences.onTarget())));
            Map<String, String> ids = ids(sourceView, targetView, topics);
            refuseRecreated(from.topics(), ids, topics);
            Map<TopicPartition, PartitionResult> earlier =
                    from.results().stream().collect(Collectors.toMap(PartitionResult::partition, r -> r));
            Map<TopicPartition, Bounds> whole = fences.read(earlier);
            Map<TopicPartition, Bounds> ends = new HashMap<>();
            whole.forEach((tp, bounds) -> ends.put(tp, bounds.last(settings.sample())));
            Map<TopicPartition, PartitionProof> proofs = proofs(ends, most, compacted, earlier);
            boolean wholly = ends.values().stream().allMatch(end -> end.equals(end.atMost(most)));
            Epochs epochs = compare(proofs, from.epochs(), fences, progress);
            judge(proofs, fences, sourceView, targetView);
            List<PartitionResult> kept = new ArrayList<>();
            List<PartitionResult> shown = new ArrayList<>();
            for (TopicPartition tp : sorted(proofs.keySet())) {
                long before = ends.get(tp).sourceFrom() - whole.get(tp).sourceFrom(); // of a sample
                kept.add(proofs.get(tp).result().without(before));
                shown.add(proofs.get(tp).shown().without(before));
            }
            long waiting =
                    proofs.values().stream().mapToLong(PartitionProof::waiting).sum();
            return new Reached(new Checkpoint(kept, ids, epochs, since, wholly), shown, waiting);
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

    /** Compared with itself, any cluster is equal. A cluster that tells no id is old, and none is another. */
    static void refuseSame(String sourceId, String targetId, Cluster target) {
        if (sourceId != null && sourceId.equals(targetId)) {
            throw new BadInput("target.bootstrap.servers: " + target.bootstrapServers()
                    + " given, which is the source's own cluster (" + sourceId + "); wanted: another cluster");
        }
    }

    /** Topics that are no longer asked for are left out, whatever has become of them. */
    static void refuseRecreated(Map<String, String> then, Map<String, String> now, Collection<String> topics) {
        then.forEach((topic, id) -> {
            boolean asked = topics.contains(topic.substring(topic.indexOf(' ') + 1));
            if (asked && !id.equals(now.get(topic))) {
                throw new BadInput(topic + " was deleted or recreated since the checkpoint; delete the checkpoint to"
                        + " prove anew");
            }
        });
    }

    /** {@code most}: offsets of the source per partition. */
    private Map<TopicPartition, PartitionProof> proofs(
            Map<TopicPartition, Bounds> ends,
            long most,
            Set<String> compacted,
            Map<TopicPartition, PartitionResult> earlier) {
        long byKey = ends.keySet().stream()
                .filter(tp -> compacted.contains(tp.topic()))
                .count();
        Spill spill =
                new Spill((int) Math.max(1000, settings.keysInMemory() / Math.max(1, byKey)), settings.directory());
        PartitionProof.Parts parts =
                new PartitionProof.Parts(new Budget(settings.remembered()), spill, share(READ_AHEAD, ends.size(), 256));
        Map<TopicPartition, PartitionProof> proofs = new HashMap<>();
        ends.forEach((tp, end) -> {
            Bounds bounds = end.atMost(most);
            Mode mode = !compacted.contains(tp.topic())
                    ? Mode.IN_ORDER
                    : settings.endless() || !bounds.equals(end) ? Mode.BY_KEY_LEAVING_THE_REST : Mode.BY_KEY;
            proofs.put(tp, new PartitionProof(tp, bounds, mode, parts, earlier.get(tp)));
        });
        return proofs;
    }

    /** A partition's share of what all may have, and no less than {@code least}. */
    static int share(int all, int partitions, int least) {
        return Math.max(least, all / Math.max(1, partitions));
    }

    private Epochs compare(
            Map<TopicPartition, PartitionProof> proofs, Epochs before, Fences fences, Progress progress) {
        SideReader left = new SideReader(
                source,
                starts(proofs, fences.onSource(), Bounds::sourceFrom),
                before.source(),
                new Takers.OfSource(proofs));
        SideReader right = new SideReader(
                target,
                starts(proofs, fences.onTarget(), Bounds::targetFrom),
                before.target(),
                new Takers.OfTarget(proofs));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> reading = List.of(threads.submit(left::run), threads.submit(right::run));
            new Watch(proofs.values(), settings.patience(), progress).untilCompared(() -> check(reading));
            left.stop();
            right.stop();
            for (Future<?> reader : reading) {
                await(reader);
            }
            return new Epochs(left.epochs(), right.epochs());
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

    private static List<TopicPartition> sorted(Set<TopicPartition> partitions) {
        return partitions.stream()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                .toList();
    }

    private void judge(
            Map<TopicPartition, PartitionProof> proofs, Fences fences, ClusterView sourceView, ClusterView targetView) {
        Map<TopicPartition, Offsets> starts = fences.startsNow();
        proofs.forEach((tp, proof) -> proof.end(starts.get(tp)));
        Map<TopicPartition, Vacancies> sources = vacancies(proofs, new Batches(source, sourceView, clock), true);
        Map<TopicPartition, Vacancies> targets = vacancies(proofs, new Batches(target, targetView, clock), false);
        Map<TopicPartition, List<Suspect>> suspects = new HashMap<>();
        proofs.forEach((tp, proof) -> {
            List<Suspect> some = proof.judge(
                    sources.getOrDefault(tp, Vacancies.unseen()), targets.getOrDefault(tp, Vacancies.unseen()));
            if (!some.isEmpty()) {
                suspects.put(tp, some);
            }
        });
        if (!suspects.isEmpty()) {
            new SecondLook(proofs, suspects).settle(source, target);
        }
    }

    private static Map<TopicPartition, Vacancies> vacancies(
            Map<TopicPartition, PartitionProof> proofs, Batches batches, boolean ofSource) {
        Map<TopicPartition, List<Span>> places = new HashMap<>();
        proofs.forEach((tp, proof) -> {
            List<Span> vacant = proof.vacant(ofSource);
            if (!vacant.isEmpty()) {
                places.put(tp, vacant);
            }
        });
        return batches.look(places);
    }
}
