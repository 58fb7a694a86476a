package io.towpath.migration.groups;

import io.towpath.migration.Patience;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A group's committed positions that no open transaction is about to replace.
 *
 * <p>Always: every partition of which the group has a position has one in the answer. Kafka's admin client leaves one out
 * whose next position is part of a transaction that is still open, or whose marker is on its way, and only logs it; so it
 * would pass for a partition that was never committed. Both lists are asked for until the stable one has them all.
 */
record StablePositions(String cluster, Patience patience) {

    /** One list of positions: without {@code stable} those before transactions that are still open are in it. */
    interface Listing {
        Map<TopicPartition, OffsetAndMetadata> of(boolean stable);
    }

    /** @throws GroupFailure when a transaction holds a position for longer than the patience lasts */
    Map<TopicPartition, OffsetAndMetadata> of(String group, Listing listing) {
        Set<String> held = new TreeSet<>();
        Optional<Map<TopicPartition, OffsetAndMetadata>> stable = patience.until(() -> {
            Set<TopicPartition> all = committed(listing.of(false));
            Map<TopicPartition, OffsetAndMetadata> now = listing.of(true);
            all.removeAll(committed(now));
            held.clear();
            all.forEach(partition -> held.add(partition.toString()));
            return all.isEmpty() ? Optional.of(now) : Optional.empty();
        });
        return stable.orElseThrow(() -> new GroupFailure(
                cluster + " did not list the offsets of " + group + ": a transaction holds the next position of "
                        + String.join(", ", held)
                        + "; stop the application, or wait until its transaction.timeout.ms is over",
                null));
    }

    private static Set<TopicPartition> committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
