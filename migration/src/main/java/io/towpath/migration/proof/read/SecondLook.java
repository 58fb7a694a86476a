package io.towpath.migration.proof.read;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Entry;
import io.towpath.migration.proof.PartitionProof;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Reads the source of partitions with unexplained records on the target once more, to tell duplicates from foreigners. */
final class SecondLook {

    private final Cluster source;
    private final Map<TopicPartition, PartitionProof> proofs;

    SecondLook(Cluster source, Map<TopicPartition, PartitionProof> proofs) {
        this.source = source;
        this.proofs = proofs;
    }

    void name(Map<TopicPartition, List<Entry>> suspects) {
        Map<TopicPartition, Originals> wanted = new HashMap<>();
        Map<TopicPartition, Long> from = new HashMap<>();
        suspects.forEach((tp, entries) -> {
            wanted.put(tp, new Originals(entries, proofs.get(tp)));
            if (proofs.get(tp).bounds().sourceFence() > proofs.get(tp).bounds().sourceStart()) {
                from.put(tp, proofs.get(tp).bounds().sourceStart());
            }
        });
        new SideReader(source, from, new Looking(wanted)).run();
        suspects.forEach((tp, entries) -> entries.forEach(
                suspect -> proofs.get(tp).suspect(suspect, wanted.get(tp).of(suspect))));
    }

    private record Looking(Map<TopicPartition, Originals> wanted) implements SideReader.Taker {
        @Override
        public void take(TopicPartition partition, List<Entry> entries, long position) {
            wanted.get(partition).look(entries, position);
        }

        @Override
        public boolean wants(TopicPartition partition) {
            return true;
        }

        @Override
        public boolean finished(TopicPartition partition) {
            return wanted.get(partition).read;
        }
    }

    /** The first record of the source that is like a suspect. */
    private static final class Originals {
        private final Set<Long> digests = new HashSet<>();
        private final Map<Long, Entry> found = new HashMap<>();
        private final long fence;
        private boolean read;

        Originals(List<Entry> suspects, PartitionProof proof) {
            suspects.forEach(e -> digests.add(e.lo()));
            this.fence = proof.bounds().sourceFence();
        }

        void look(List<Entry> entries, long position) {
            for (Entry entry : entries) {
                if (entry.offset() < fence && digests.contains(entry.lo())) {
                    found.putIfAbsent(entry.lo(), entry);
                }
            }
            read = position >= fence || found.size() == digests.size();
        }

        Entry of(Entry suspect) {
            return found.get(suspect.lo());
        }
    }
}
