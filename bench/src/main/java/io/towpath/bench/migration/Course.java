package io.towpath.bench.migration;

import io.towpath.migration.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Watches a topic fill up on the target, and what the three processes of a copy take of the machine meanwhile: the copier,
 * the source's broker, the target's.
 */
final class Course implements AutoCloseable {

    private static final Patience OFTEN = new Patience(Duration.ofMinutes(8), Duration.ofMillis(50));

    private final Admin target;
    private final List<Long> processes;
    private final Map<TopicPartition, OffsetSpec> ends = new HashMap<>();

    /** {@code copier}: process id of whoever copies. */
    Course(Clusters clusters, long copier, String topic, int partitions) {
        target = Admin.create(Map.of("bootstrap.servers", clusters.dc2.bootstrapServers()));
        processes = List.of(
                copier,
                clusters.dc1.brokers().get(0).pid(),
                clusters.dc2.brokers().get(0).pid());
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
    }

    /**
     * How it went.
     *
     * @param perSecond records per second
     * @param processors of copier, source's broker and target's broker: seconds of a processor per million records
     */
    record Pace(double perSecond, List<Double> processors) {

        @Override
        public String toString() {
            return String.format(
                    "%,.0f records/s; processor seconds per million: copier %.1f, source %.1f, target %.1f",
                    perSecond, processors.get(0), processors.get(1), processors.get(2));
        }
    }

    /** The pace from the record {@code from} to the record {@code to}. */
    Pace between(long from, long to) {
        await(from);
        List<Double> before = processorSeconds();
        long first = end();
        long begun = System.nanoTime();
        await(to);
        double seconds = (System.nanoTime() - begun) / 1e9;
        List<Double> after = processorSeconds();
        double millions = (to - first) / 1e6;
        return new Pace(
                (to - first) / seconds,
                IntStream.range(0, before.size())
                        .mapToObj(i -> (after.get(i) - before.get(i)) / millions)
                        .toList());
    }

    private void await(long records) {
        if (OFTEN.until(() -> Optional.of(end()).filter(end -> end >= records)).isEmpty()) {
            throw new IllegalStateException(end() + " records are copied; wanted: " + records);
        }
    }

    private List<Double> processorSeconds() {
        return processes.stream()
                .map(pid -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow()
                        .toNanos())
                .map(nanos -> nanos / 1e9)
                .toList();
    }

    private long end() {
        try {
            return target.listOffsets(ends).all().get().values().stream()
                    .mapToLong(info -> info.offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the target does not tell its ends", e);
        }
    }

    @Override
    public void close() {
        target.close();
    }
}
