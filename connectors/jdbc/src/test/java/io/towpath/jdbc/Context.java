package io.towpath.jdbc;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a worker would do for a task, remembered. */
final class Context implements SinkTaskContext {
    final Map<TopicPartition, Long> seeks = new HashMap<>();
    long timeout = -1;
    ErrantRecordReporter reporter;
    /** None on a worker before 4.1. */
    PluginMetrics metrics;

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        seeks.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        seeks.put(partition, offset);
    }

    @Override
    public void timeout(long millis) {
        timeout = millis;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.of();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requestCommit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
        return reporter == null ? null : (record, reason) -> new UnderWay(reporter.report(record, reason));
    }

    @Override
    public PluginMetrics pluginMetrics() {
        if (metrics == null) {
            throw new NoSuchMethodError("a worker before 4.1");
        }
        return metrics;
    }

    /** Not done before somebody waits for it, as a letter that the framework's producer took. */
    private record UnderWay(Future<Void> letter) implements Future<Void> {
        @Override
        public boolean cancel(boolean interrupting) {
            return letter.cancel(interrupting);
        }

        @Override
        public boolean isCancelled() {
            return letter.isCancelled();
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public Void get() throws InterruptedException, ExecutionException {
            return letter.get();
        }

        @Override
        public Void get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            return letter.get(timeout, unit);
        }
    }
}
