package io.towpath.migration.proof.read;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Digester;
import io.towpath.migration.proof.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the committed records of one cluster, in order, to their digests; never in a group, so it commits nothing.
 * A partition whose taker does not want more is paused: the fetched data waits, memory does not grow.
 */
final class SideReader {

    /** Takes what was read of one partition. */
    interface Taker {
        void take(TopicPartition partition, List<Entry> entries, long position);

        /** All is taken, up to the last stable offset of now; told again and again. */
        default void end(TopicPartition partition) {}

        boolean wants(TopicPartition partition);

        boolean finished(TopicPartition partition);
    }

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int MEGABYTE = 1024 * 1024;
    /** Bytes that were fetched, of all partitions together, and are not looked at yet. */
    private static final int FETCHED = 32 * MEGABYTE;

    private final Cluster cluster;
    private final Map<TopicPartition, Long> from;
    private final Map<TopicPartition, Integer> epochs;
    private final Taker taker;
    private final Digester digester = new Digester();
    private volatile boolean stopped;

    SideReader(Cluster cluster, Map<TopicPartition, Long> from, Taker taker) {
        this(cluster, from, Map.of(), taker);
    }

    /** {@code epochs}: of leaders, in which the logs were read up to {@code from}; a log that was cut since is refused. */
    SideReader(Cluster cluster, Map<TopicPartition, Long> from, Map<TopicPartition, Integer> epochs, Taker taker) {
        this.cluster = cluster;
        this.from = Map.copyOf(from);
        this.epochs = new HashMap<>(epochs);
        this.taker = taker;
    }

    /** Reads until all partitions are finished, or {@link #stop}. */
    void run() {
        if (from.isEmpty()) {
            return;
        }
        try (Consumer<HashValue128, HashValue128> consumer = consumer()) {
            consumer.assign(from.keySet());
            from.forEach((tp, offset) ->
                    consumer.seek(tp, new OffsetAndMetadata(offset, Optional.ofNullable(epochs.get(tp)), "")));
            Map<TopicPartition, Long> positions = new HashMap<>(from);
            Set<TopicPartition> open = new HashSet<>(from.keySet());
            while (!stopped && !open.isEmpty()) {
                try {
                    give(consumer, consumer.poll(POLL), open, positions);
                } catch (OffsetOutOfRangeException e) {
                    afterRetention(e, consumer.beginningOffsets(e.partitions())).forEach(consumer::seek);
                }
                open.removeIf(taker::finished);
                throttle(consumer, open);
            }
        }
    }

    /** The leader epochs in which was read last; ask after {@link #run} has ended. */
    Map<TopicPartition, Integer> epochs() {
        return epochs;
    }

    /**
     * Where to go on when retention has passed a position.
     *
     * @throws ReadFailure when the log was cut instead, by a leader that lacked its end: what was read is no longer there
     */
    static Map<TopicPartition, Long> afterRetention(OffsetOutOfRangeException e, Map<TopicPartition, Long> starts) {
        for (TopicPartition partition : e.partitions()) {
            long position = e.offsetOutOfRangePartitions().get(partition);
            if (e instanceof LogTruncationException || position >= starts.get(partition)) {
                throw new ReadFailure(
                        partition + " was cut below offset " + position + " and may have grown again since it was read"
                                + " (an unclean leader election?): what was compared there is no longer what is there;"
                                + " prove anew, without the checkpoint",
                        e);
            }
        }
        return starts;
    }

    void stop() {
        stopped = true;
    }

    private void give(
            Consumer<HashValue128, HashValue128> consumer,
            ConsumerRecords<HashValue128, HashValue128> records,
            Collection<TopicPartition> open,
            Map<TopicPartition, Long> positions) {
        records.nextOffsets().forEach((tp, next) -> next.leaderEpoch().ifPresent(epoch -> epochs.put(tp, epoch)));
        for (TopicPartition partition : open) {
            List<ConsumerRecord<HashValue128, HashValue128>> read = records.records(partition);
            long position = consumer.position(partition);
            if (!read.isEmpty() || position != positions.put(partition, position)) {
                positions.put(partition, position);
                taker.take(partition, digest(read), position);
            }
            if (consumer.currentLag(partition).orElse(-1) == 0) {
                taker.end(partition);
            }
        }
    }

    private List<Entry> digest(List<ConsumerRecord<HashValue128, HashValue128>> records) {
        List<Entry> entries = new ArrayList<>(records.size());
        for (ConsumerRecord<HashValue128, HashValue128> record : records) {
            entries.add(digester.digest(record));
        }
        return entries;
    }

    private void throttle(Consumer<HashValue128, HashValue128> consumer, Set<TopicPartition> open) {
        Set<TopicPartition> paused = consumer.paused();
        List<TopicPartition> pause = new ArrayList<>();
        List<TopicPartition> resume = new ArrayList<>();
        for (TopicPartition partition : from.keySet()) {
            boolean wanted = open.contains(partition) && taker.wants(partition);
            if (wanted == paused.contains(partition)) {
                (wanted ? resume : pause).add(partition);
            }
        }
        consumer.pause(pause);
        consumer.resume(resume);
    }

    private Consumer<HashValue128, HashValue128> consumer() {
        Map<String, Object> properties = cluster.properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // a log that was cut must be told
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * MEGABYTE);
        int fetched = Math.min(MEGABYTE, Proof.share(FETCHED, from.size(), MEGABYTE / 16));
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetched);
        properties.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1); // as large as the system finds useful
        properties.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "towpath-verify-" + cluster.alias());
        return new KafkaConsumer<>(properties, Digester.bytes(), Digester.bytes());
    }
}
