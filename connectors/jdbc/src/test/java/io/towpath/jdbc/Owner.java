package io.towpath.jdbc;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A task as a worker runs it, with one topic's partitions: a batch that the task did not take comes again, one that it
 * took does not, and it is asked again as long as it wishes to be.
 */
final class Owner implements AutoCloseable {
    private static final long A_MOMENT_NANOS = 200_000;

    final Context context = new Context();
    private final ExactlyOnceJdbcSinkTask task = new ExactlyOnceJdbcSinkTask();
    private List<SinkRecord> taken;

    /** Not yet started. */
    Owner() {
        task.initialize(context);
    }

    Owner(Map<String, String> config) {
        this();
        task.start(config);
    }

    Owner starts(Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        if (context.reporter != null) {
            all.putIfAbsent("errors.deadletterqueue.topic.name", "dead");
        }
        task.start(all);
        return this;
    }

    Owner opens(TopicPartition... partitions) {
        task.open(List.of(partitions));
        return this;
    }

    Owner loses(TopicPartition... partitions) {
        task.close(List.of(partitions));
        return this;
    }

    void puts(SinkRecord... records) {
        puts(Arrays.asList(records));
    }

    /** Returns when the records are written. To be called again with the same ones when they were not. */
    void puts(Collection<SinkRecord> records) {
        List<SinkRecord> batch = List.copyOf(records);
        takes(batch.equals(taken) ? List.of() : batch);
        taken = batch;
        while (context.timeout > 0) {
            LockSupport.parkNanos(A_MOMENT_NANOS);
            takes(List.of());
        }
        taken = null;
    }

    /** Returns when the task has taken the records, written or not. */
    void takes(Collection<SinkRecord> records) {
        context.timeout = -1;
        task.put(records);
    }

    /** What the task says when the worker has read up to {@code offset} of {@code partition}. */
    Map<TopicPartition, OffsetAndMetadata> commits(TopicPartition partition, long offset) {
        return task.preCommit(Map.of(partition, new OffsetAndMetadata(offset)));
    }

    @Override
    public void close() {
        task.stop();
    }
}
