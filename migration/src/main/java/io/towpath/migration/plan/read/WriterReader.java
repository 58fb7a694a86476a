package io.towpath.migration.plan.read;

import io.towpath.migration.plan.Answer;
import io.towpath.migration.plan.Asking;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;

/** Who writes, as far as brokers remember it: producers with an id, for a day. */
final class WriterReader {

    private final Asking asking;

    WriterReader(Asking asking) {
        this.asking = asking;
    }

    /** Transactional ids with their state and producer id. */
    Answer<Map<String, String>> transactions() {
        return asking.<Collection<TransactionListing>>ask(
                        "list transactions",
                        List.of(),
                        () -> asking.admin().listTransactions().all())
                .map(listings -> {
                    Map<String, String> states = new HashMap<>();
                    listings.forEach(listing -> states.put(
                            listing.transactionalId(), listing.state() + ", producer id " + listing.producerId()));
                    return states;
                });
    }

    /** Number of producers with an id, per topic. */
    Answer<Map<String, Integer>> producers(Collection<TopicPartition> partitions) {
        return asking.<Map<TopicPartition, PartitionProducerState>>ask(
                        "describe producers",
                        Map.of(),
                        () -> asking.admin().describeProducers(partitions).all())
                .map(states -> {
                    Map<String, Set<Long>> ids = new HashMap<>();
                    states.forEach((tp, state) -> state.activeProducers()
                            .forEach(producer -> ids.computeIfAbsent(tp.topic(), topic -> new HashSet<>())
                                    .add(producer.producerId())));
                    Map<String, Integer> numbers = new HashMap<>();
                    ids.forEach((topic, of) -> numbers.put(topic, of.size()));
                    return numbers;
                });
    }
}
