package io.towpath.migration.flow;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * One look at a flow.
 *
 * @param partitions all partitions of the flow
 * @param topicIds ids of the source's topics
 */
public record Look(Instant at, Map<TopicPartition, Partition> partitions, Map<String, String> topicIds) {

    /**
     * One partition of the source, offsets.
     *
     * @param next the next one to be copied
     * @param start the first one that is still there
     * @param end after the last stable one
     */
    public record Partition(long next, long start, long end) {

        /** How many offsets the source may delete before it deletes one that is not copied. */
        long margin() {
            return next - start;
        }

        /** Offsets. A trailing marker or aborted record is never copied: caught up may mean a few offsets before the end. */
        public long left() {
            return Math.max(0, end - Math.max(next, start));
        }
    }

    public Look {
        partitions = Map.copyOf(partitions);
        topicIds = Map.copyOf(topicIds);
    }

    public long left() {
        return partitions.values().stream().mapToLong(Partition::left).sum();
    }
}
