package io.towpath.migration.proof.read;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Entry;
import io.towpath.migration.proof.Offsets;
import io.towpath.migration.proof.PartitionProof;
import io.towpath.migration.proof.Suspect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads again where records have no counterpart: the source, to tell duplicates from foreign records; what both logs hold
 * beyond the comparison by now, because a record may have been compacted away for the sake of a later one there.
 */
final class SecondLook {

    private final Map<TopicPartition, PartitionProof> proofs;
    private final Map<TopicPartition, Search> inSource = new HashMap<>();
    private final Map<TopicPartition, Search> inTarget = new HashMap<>();

    SecondLook(Map<TopicPartition, PartitionProof> proofs) {
        this.proofs = proofs;
    }

    /** {@code now}: the ends of the logs, read after the comparison. */
    void settle(
            Cluster source,
            Cluster target,
            Map<TopicPartition, List<Suspect>> suspects,
            Map<TopicPartition, Offsets> now) {
        suspects.forEach((tp, some) -> some.forEach(suspect -> search(tp, suspect, now.get(tp))));
        read(source, inSource);
        read(target, inTarget);
        suspects.forEach((tp, some) -> some.forEach(suspect -> proofs.get(tp)
                .settle(
                        suspect,
                        (suspect.ofSource() ? inTarget : inSource).get(tp).answer(suspect.entry()))));
    }

    private void search(TopicPartition tp, Suspect suspect, Offsets now) {
        PartitionProof proof = proofs.get(tp);
        boolean later = suspect.place() >= 0;
        Search search = suspect.ofSource()
                ? inTarget.computeIfAbsent(
                        tp, p -> new Search(proof.rest().target(), proof.rest().target(), now.target()))
                : inSource.computeIfAbsent(
                        tp,
                        p -> new Search(
                                proof.bounds().sourceStart(),
                                proof.rest().source(),
                                later ? now.source() : proof.rest().source()));
        search.look(suspect, later);
    }

    private static void read(Cluster cluster, Map<TopicPartition, Search> searches) {
        Map<TopicPartition, Long> from = new HashMap<>();
        searches.forEach((tp, search) -> {
            if (search.until > search.from) {
                from.put(tp, search.from);
            }
        });
        new SideReader(cluster, from, new Looking(searches)).run();
    }

    private record Looking(Map<TopicPartition, Search> searches) implements SideReader.Taker {
        @Override
        public void take(TopicPartition partition, List<Entry> entries, long position) {
            searches.get(partition).take(entries, position);
        }

        @Override
        public boolean wants(TopicPartition partition) {
            return true;
        }

        @Override
        public boolean finished(TopicPartition partition) {
            return searches.get(partition).finished();
        }
    }

    /** Equal records below {@code rest}, and records of the same key from there on. */
    private static final class Search {
        private final long from;
        private final long rest;
        private final long until;
        private final Set<Long> digests = new HashSet<>();
        private final Set<Long> keys = new HashSet<>();
        private final Map<Long, Entry> equal = new HashMap<>();
        private final Set<Long> later = new HashSet<>();
        private long position;

        Search(long from, long rest, long until) {
            this.from = from;
            this.rest = rest;
            this.until = until;
        }

        void look(Suspect suspect, boolean forLater) {
            digests.add(suspect.entry().lo());
            if (forLater) {
                keys.add(suspect.entry().key());
            }
        }

        void take(List<Entry> entries, long readTo) {
            for (Entry entry : entries) {
                if (entry.offset() < rest && digests.contains(entry.lo())) {
                    equal.putIfAbsent(entry.lo(), entry);
                } else if (entry.offset() >= rest && entry.offset() < until && keys.contains(entry.key())) {
                    later.add(entry.key());
                }
            }
            position = readTo;
        }

        boolean finished() {
            return position >= until || (equal.size() == digests.size() && later.size() == keys.size());
        }

        Suspect.Answer answer(Entry suspect) {
            return new Suspect.Answer(equal.get(suspect.lo()), later.contains(suspect.key()));
        }
    }
}
