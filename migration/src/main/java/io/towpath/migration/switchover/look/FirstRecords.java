package io.towpath.migration.switchover.look;

import io.towpath.migration.config.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads when the first committed record at or after a position was written. */
public record FirstRecords(Cluster cluster, Duration limit) {

    /**
     * The timestamp of each partition's first record.
     *
     * @param from per partition, the first offset that counts
     * @param ends exclusive; a partition that holds no record between is left out of the answer
     * @throws LookFailure when that cannot be read in time
     */
    public Map<TopicPartition, Instant> timestamps(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> left = new HashSet<>(from.keySet());
        left.removeIf(tp -> from.get(tp) >= ends.getOrDefault(tp, 0L));
        Map<TopicPartition, Instant> first = new HashMap<>();
        if (left.isEmpty()) {
            return first;
        }
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(reading(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(left);
            left.forEach(tp -> consumer.seek(tp, from.get(tp)));
            long until = System.nanoTime() + limit.toNanos();
            while (!left.isEmpty()) {
                if (System.nanoTime() > until) {
                    throw new LookFailure(
                            cluster.alias() + " did not show its first records within " + limit.toSeconds() + " s",
                            null);
                }
                take(consumer.poll(Duration.ofMillis(100)), first);
                left.removeIf(tp -> first.containsKey(tp) || consumer.position(tp) >= ends.get(tp));
                consumer.pause(first.keySet());
            }
            return first;
        } catch (KafkaException e) {
            throw new LookFailure(cluster.alias() + " does not let its first records be read", e);
        }
    }

    private static void take(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, Instant> first) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            first.putIfAbsent(
                    new TopicPartition(record.topic(), record.partition()), Instant.ofEpochMilli(record.timestamp()));
        }
    }

    private Map<String, Object> reading() {
        Map<String, Object> properties = cluster.properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 16 * 1024);
        return properties;
    }
}
