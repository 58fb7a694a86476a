package io.towpath.migration.proof;

import io.towpath.migration.proof.PartitionProof.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;

/** Two copies of a partition as lists, and their comparison with everything read in random portions. */
final class Copies {

    static final TopicPartition TP = new TopicPartition("t", 0);

    final List<Entry> source = new ArrayList<>();
    final List<Entry> target = new ArrayList<>();
    Vacancies onSource = Vacancies.compactionAlone();
    Vacancies onTarget = Vacancies.compactionAlone();

    private static final int READ_AHEAD = 300;

    /** {@code records} on both sides, with holes in the offsets as transactions leave them. */
    static Copies of(int records, Random random) {
        Copies copies = new Copies();
        long s = 0;
        long t = 0;
        for (int i = 0; i < records; i++) {
            copies.source.add(entry(s, i));
            copies.target.add(entry(t, i));
            s += random.nextInt(5) == 0 ? 2 : 1;
            t += random.nextInt(7) == 0 ? 3 : 1;
        }
        return copies;
    }

    /** A record whose parts all follow from {@code content}. */
    static Entry entry(long offset, int content) {
        return new Entry(offset, mix(content), mix(content + 1_000_003L), content + 1, content, 0, content, false);
    }

    static Entry at(Entry entry, long offset) {
        return new Entry(
                offset,
                entry.hi(),
                entry.lo(),
                entry.key(),
                entry.value(),
                entry.headers(),
                entry.timestamp(),
                entry.tombstone());
    }

    static long mix(long n) {
        long x = (n + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return x ^ (x >>> 31);
    }

    long sourceEnd() {
        return source.isEmpty() ? 0 : source.get(source.size() - 1).offset() + 1;
    }

    long targetEnd() {
        return target.isEmpty() ? 0 : target.get(target.size() - 1).offset() + 1;
    }

    /** Offsets of the target as they would be in a log: rising by one. */
    void renumberTarget() {
        for (int i = 0; i < target.size(); i++) {
            target.set(i, at(target.get(i), i));
        }
    }

    PartitionResult compare(Random random) {
        return compare(random, new Bounds(0, sourceEnd(), 0, targetEnd()), new Offsets(0, 0), Mode.IN_ORDER);
    }

    PartitionResult compare(Random random, Bounds bounds, Offsets starts, Mode mode) {
        return feed(random, new PartitionProof(TP, bounds, mode, parts(), null), starts);
    }

    /** Compares within {@code bounds} alone, after {@code earlier}. */
    PartitionResult part(Random random, Bounds bounds, PartitionResult earlier, Mode mode) {
        PartitionProof proof = new PartitionProof(TP, bounds, mode, parts(), earlier);
        return feed(random, proof, new Offsets(bounds.sourceStart(), bounds.targetStart()));
    }

    private static PartitionProof.Parts parts() {
        return new PartitionProof.Parts(
                new Budget(100_000), new Spill(1000, Path.of(System.getProperty("java.io.tmpdir"))), READ_AHEAD);
    }

    /** The same as {@link #part}, as it is shown. */
    PartitionResult shown(Random random, Bounds bounds, PartitionResult earlier, Mode mode) {
        PartitionProof proof = new PartitionProof(TP, bounds, mode, parts(), earlier);
        feed(random, proof, new Offsets(bounds.sourceStart(), bounds.targetStart()));
        return proof.shown();
    }

    private PartitionResult feed(Random random, PartitionProof proof, Offsets starts) {
        Bounds bounds = proof.bounds();
        List<Entry> left = between(source, bounds.sourceFrom(), bounds.sourceFence());
        List<Entry> right = between(target, bounds.targetFrom(), Long.MAX_VALUE);
        int s = 0;
        int t = 0;
        while ((s < left.size() || t < right.size()) && !proof.complete()) {
            int before = s + t;
            if (proof.wantsSource() && random.nextBoolean()) {
                List<Entry> some = some(left, s, random);
                s += some.size();
                proof.source(some, position(left, s, bounds.sourceFence()));
            }
            if (proof.wantsTarget() && random.nextBoolean()) {
                List<Entry> some = some(right, t, random);
                t += some.size();
                proof.target(some, position(right, t, Math.max(targetEnd(), bounds.targetFence())));
            }
            boolean over = t == right.size() && before == s + t;
            if (over && s == left.size() && proof.leavesTheRest()) {
                break;
            }
            if (over || (!proof.wantsTarget() && !proof.wantsSource())) {
                proof.targetStands();
            }
        }
        proof.end(starts);
        Inquiry inquiry = new Inquiry(proof, proof.judge(onSource, onTarget));
        inquiry.target().take(target, targetEnd());
        inquiry.source().take(source, sourceEnd());
        inquiry.settle();
        return proof.result();
    }

    private static List<Entry> between(List<Entry> all, long from, long to) {
        return all.stream().filter(e -> e.offset() >= from && e.offset() < to).toList();
    }

    private static List<Entry> some(List<Entry> all, int from, Random random) {
        return List.copyOf(all.subList(from, Math.min(all.size(), from + 1 + random.nextInt(500))));
    }

    private static long position(List<Entry> all, int next, long fence) {
        return next < all.size() ? all.get(next).offset() : Math.max(fence, 0);
    }
}
