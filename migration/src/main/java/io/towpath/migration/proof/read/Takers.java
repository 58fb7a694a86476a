package io.towpath.migration.proof.read;

import io.towpath.migration.proof.Entry;
import io.towpath.migration.proof.PartitionProof;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What the readers of the two sides do with what they read. */
final class Takers {

    private Takers() {}

    record OfSource(Map<TopicPartition, PartitionProof> proofs) implements SideReader.Taker {
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

    record OfTarget(Map<TopicPartition, PartitionProof> proofs) implements SideReader.Taker {
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
}
