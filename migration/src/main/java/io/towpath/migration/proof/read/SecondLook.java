package io.towpath.migration.proof.read;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Entry;
import io.towpath.migration.proof.Inquiry;
import io.towpath.migration.proof.PartitionProof;
import io.towpath.migration.proof.Search;
import io.towpath.migration.proof.Suspect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Reads both clusters again where records have no counterpart. */
final class SecondLook {

    private final Map<TopicPartition, Inquiry> inquiries = new HashMap<>();

    SecondLook(Map<TopicPartition, PartitionProof> proofs, Map<TopicPartition, List<Suspect>> suspects) {
        suspects.forEach((tp, some) -> inquiries.put(tp, new Inquiry(proofs.get(tp), some)));
    }

    void settle(Cluster source, Cluster target) {
        read(target, Inquiry::target);
        read(source, Inquiry::source);
        inquiries.values().forEach(Inquiry::settle);
    }

    private void read(Cluster cluster, Function<Inquiry, Search> side) {
        Map<TopicPartition, Search> searches = new HashMap<>();
        Map<TopicPartition, Long> from = new HashMap<>();
        inquiries.forEach((tp, inquiry) -> {
            Search search = side.apply(inquiry);
            if (!search.finished()) {
                searches.put(tp, search);
                from.put(tp, search.from());
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
        public void end(TopicPartition partition) {
            searches.get(partition).end();
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
}
