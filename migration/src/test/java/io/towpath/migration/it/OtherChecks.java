package io.towpath.migration.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How else people verify a migration: by end offsets, by counts, and by counts per window of event time. */
final class OtherChecks {

    private static final long WINDOW_MS = 50;

    private final String source;
    private final String target;

    OtherChecks(String source, String target) {
        this.source = source;
        this.target = target;
    }

    /** What each check says about one topic: whether the sides look different to it. */
    record Answers(boolean endOffsets, boolean counts, boolean windows) {}

    Answers ask(String topic) {
        Side left = side(source, topic);
        Side right = side(target, topic);
        return new Answers(
                !left.ends.equals(right.ends), !left.counts.equals(right.counts), !left.windows.equals(right.windows));
    }

    private record Side(Map<Integer, Long> ends, Map<Integer, Long> counts, Map<Long, Long> windows) {}

    /** Every committed record of the topic. */
    static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String topic) {
        return records(bootstrapServers, topic, new HashMap<>());
    }

    private static Side side(String bootstrapServers, String topic) {
        Side side = new Side(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (ConsumerRecord<byte[], byte[]> record : records(bootstrapServers, topic, side.ends)) {
            side.counts.merge(record.partition(), 1L, Long::sum);
            side.windows.merge(record.timestamp() / WINDOW_MS, 1L, Long::sum);
        }
        return side;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(
            String bootstrapServers, String topic, Map<Integer, Long> ends) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> fence = consumer.endOffsets(partitions);
            fence.forEach((tp, end) -> ends.put(tp.partition(), end));
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (fence.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }
}
