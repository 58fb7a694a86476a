package io.towpath.jdbc;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** A task as a worker runs it, with one topic's partitions. */
final class Owner implements AutoCloseable {
    final Context context = new Context();
    private final ExactlyOnceJdbcSinkTask task = new ExactlyOnceJdbcSinkTask();

    /** Not yet started. */
    Owner() {
        task.initialize(context);
    }

    Owner(Map<String, String> config) {
        this();
        task.start(config);
    }

    Owner starts(Map<String, String> config) {
        task.start(config);
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
        task.put(Arrays.asList(records));
    }

    void puts(Collection<SinkRecord> records) {
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
