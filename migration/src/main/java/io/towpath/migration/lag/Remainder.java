package io.towpath.migration.lag;

import io.towpath.migration.config.Cluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether anything that a reader can see lies between a committed offset and the end. Markers and aborted records take
 * offsets as well, so a group that commits the offset after its last record has a lag for ever on a topic that is written
 * in transactions, and is not stuck at all.
 */
public final class Remainder {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, Object> client;

    public Remainder(Cluster cluster) {
        client = new HashMap<>(cluster.properties());
        client.put("isolation.level", "read_committed");
        client.put("enable.auto.commit", "false");
        client.put("auto.offset.reset", "earliest");
        client.put("max.poll.records", "1");
        client.remove("group.id");
    }

    /** The same lines, those taken back whose group has nothing left to read. Reads at most one record of each. */
    public List<Lag> clear(List<Lag> lags) {
        if (lags.stream().noneMatch(lag -> lag.judgement().bad())) {
            return lags;
        }
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(client, bytes, bytes)) {
            return lags.stream()
                    .map(lag -> lag.judgement().bad() && nothingToRead(consumer, lag) ? lag.judged(Judgement.OK) : lag)
                    .toList();
        }
    }

    private static boolean nothingToRead(KafkaConsumer<byte[], byte[]> consumer, Lag lag) {
        TopicPartition partition = lag.place().partition();
        long end = lag.committed() + lag.offsets();
        consumer.assign(List.of(partition));
        consumer.seek(partition, lag.committed());
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < limit) {
            if (!consumer.poll(POLL).isEmpty()) {
                return false;
            }
            if (consumer.position(partition) >= end) {
                return true;
            }
        }
        return false;
    }
}
