package io.towpath.jdbc;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * The offsets that Connect was asked to read on from and may not have gone to yet.
 *
 * <p>Connect (WorkerSinkTask, 4.3) goes there at the start of its next poll. Before that it may commit, and after that
 * it brings a failed batch again, read before the seek, whose end then counts as read once more:
 *
 * <pre>
 * commit, if due  ->  seek; read up to := sought  ->  poll  ->  put  ->  if it passed, read up to := end of the batch
 * </pre>
 *
 * So a seek counts only when a batch has passed since it was last asked for, and it is asked for again with each batch
 * until then. Offsets tell nothing here: a compacted log has gaps, and an old batch may begin above the sought offset.
 *
 * <p>Always: of a partition that is {@link #pending} nothing is written and the table is not moved.
 */
final class Seeks {
    private final SinkTaskContext context;
    private final Map<TopicPartition, Long> pending = new HashMap<>();

    Seeks(SinkTaskContext context) {
        this.context = context;
    }

    void ask(Map<TopicPartition, Long> offsets) {
        pending.putAll(offsets);
        context.offset(offsets);
    }

    /**
     * A batch comes, before anything else is done with it.
     *
     * @param again whether the last one failed, so that this is the same
     */
    void batchComes(boolean again) {
        if (!again) {
            pending.clear();
        } else if (!pending.isEmpty()) {
            context.offset(Map.copyOf(pending));
        }
    }

    /** Whether records and offsets of this partition may still be those from before the seek. */
    boolean pending(TopicPartition partition) {
        return pending.containsKey(partition);
    }

    boolean none() {
        return pending.isEmpty();
    }

    void forget(Collection<TopicPartition> partitions) {
        pending.keySet().removeAll(partitions);
    }
}
