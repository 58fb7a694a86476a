package io.towpath.migration.flow;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Says what of a flow's partitions the source may delete. */
@FunctionalInterface
interface Fronts extends AutoCloseable {

    /**
     * Asks the source.
     *
     * @throws io.towpath.migration.config.ClusterRefusal when it does not say anything
     */
    Seen of(Look before, Look now);

    @Override
    default void close() {}

    /**
     * An answer.
     *
     * @param fronts of partitions that may lose what is not copied; all others lose nothing in the times that are known
     * @param unknown why the source does not say anything of a partition
     */
    record Seen(Map<TopicPartition, Front> fronts, Map<TopicPartition, String> unknown) {

        Seen() {
            this(new HashMap<>(), new HashMap<>());
        }

        void unknown(TopicPartition partition, String reason) {
            unknown.put(partition, reason);
        }
    }
}
