package io.towpath.migration.switchover.look;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Cluster;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What brokers know of those who write. */
record Writers(Cluster cluster, Admin admin, Set<String> accepted) {

    private static final Set<TransactionState> UNENDED = Set.of(
            TransactionState.ONGOING,
            TransactionState.PREPARE_COMMIT,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_EPOCH_FENCE);

    /** Kafka 2.8 and newer (KIP-664). */
    Map<TopicPartition, Set<ProducerState>> producers(Set<TopicPartition> partitions) {
        if (accepted.contains("no-producer-list") || partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Set<ProducerState>> producers = new HashMap<>();
        known(
                        "list producers",
                        "no-producer-list",
                        admin.describeProducers(partitions).all())
                .forEach((tp, states) -> producers.put(tp, new HashSet<>(states.activeProducers())));
        return producers;
    }

    /** Kafka 3.0 and newer. A transaction that ends while we look is none. */
    Set<String> transactions(Set<TopicPartition> partitions) {
        if (accepted.contains("no-transaction-list")) {
            return Set.of();
        }
        Set<String> open = new HashSet<>();
        // brokers before 4.0 do not know every state and refuse to filter by it: all are asked for, ours are kept
        for (TransactionListing listing : known(
                "list transactions",
                "no-transaction-list",
                admin.listTransactions(new ListTransactionsOptions()).all())) {
            if (UNENDED.contains(listing.state()) && touches(listing.transactionalId(), partitions)) {
                open.add(listing.transactionalId());
            }
        }
        return open;
    }

    private boolean touches(String id, Set<TopicPartition> partitions) {
        KafkaFuture<TransactionDescription> described =
                admin.describeTransactions(Set.of(id)).description(id);
        try {
            TransactionDescription transaction = LogView.answer(cluster, "describe transaction " + id, described);
            return UNENDED.contains(transaction.state())
                    && !Collections.disjoint(transaction.topicPartitions(), partitions);
        } catch (LookFailure e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }

    private <T> T known(String asked, String accept, KafkaFuture<T> future) {
        try {
            return LogView.answer(cluster, asked, future);
        } catch (LookFailure e) {
            if (e.getCause() instanceof UnsupportedVersionException
                    || (e.getCause() instanceof ExecutionException
                            && e.getCause().getCause() instanceof UnsupportedVersionException)) {
                throw new BadInput(
                        "switch.accept: without " + accept + "; wanted: accept: [" + accept + "], since the brokers of "
                                + cluster.alias() + " are too old to " + asked
                                + ": less evidence that writers stand still",
                        e);
            }
            throw e;
        }
    }
}
