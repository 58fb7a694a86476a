package io.towpath.migration.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a read_committed reader finds in a topic, every byte of it, with nothing of our proof in between. */
final class Contents {

    private Contents() {}

    /** Per partition one line per record, without offsets: those differ. */
    static Map<Integer, List<String>> of(String bootstrapServers, String topic) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "max.partition.fetch.bytes",
                8 << 20,
                "auto.offset.reset",
                "earliest");
        Map<Integer, List<String>> found = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            partitions.forEach(partition -> found.put(partition.partition(), new ArrayList<>()));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    found.get(record.partition()).add(line(record));
                }
            }
        }
        return found;
    }

    private static String line(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder line = new StringBuilder(hex(record.key())).append(' ').append(hex(record.value()));
        line.append(" at ").append(record.timestampType()).append(' ').append(record.timestamp());
        record.headers()
                .forEach(header ->
                        line.append(' ').append(header.key()).append('=').append(hex(header.value())));
        return line.toString();
    }

    private static String hex(byte[] bytes) {
        if (bytes == null) {
            return "null";
        }
        return bytes.length > 1000
                ? bytes.length + " bytes, " + java.util.Arrays.hashCode(bytes)
                : "'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
