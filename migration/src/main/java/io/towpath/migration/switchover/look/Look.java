package io.towpath.migration.switchover.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;

/**
 * One look at the writers of some partitions.
 *
 * @param ends after the last record, committed or not
 * @param stable last stable offsets: below the first open transaction
 * @param producers what the brokers remember of idempotent producers; closed ones stay for a day, and producers with
 *     {@code acks=1} are never among them
 * @param transactions ids of transactions that are open, or being ended, and touch these partitions
 */
public record Look(
        Map<TopicPartition, Long> ends,
        Map<TopicPartition, Long> stable,
        Map<TopicPartition, Set<ProducerState>> producers,
        Set<String> transactions) {

    public Look {
        ends = Map.copyOf(ends);
        stable = Map.copyOf(stable);
        producers = Map.copyOf(producers);
        transactions = Set.copyOf(transactions);
    }

    /** What speaks against stillness, seen since {@code before} or there now; one sentence each. */
    List<String> unrest(Look before) {
        List<String> words = new ArrayList<>();
        ends.forEach((tp, end) -> {
            long was = before.ends.getOrDefault(tp, -1L);
            if (was != end) {
                words.add(tp + ": its end moved from " + was + " to " + end);
            }
            if (stable.getOrDefault(tp, -1L) != (long) end) {
                words.add(tp + ": a transaction is open at " + stable.get(tp));
            }
        });
        producers.forEach((tp, states) -> states.stream()
                .filter(state -> !before.producers.getOrDefault(tp, Set.of()).contains(state))
                .forEach(state -> words.add(tp + ": producer " + state.producerId() + " was at work")));
        transactions.forEach(id -> words.add("transaction " + id + " is not ended"));
        return words;
    }
}
