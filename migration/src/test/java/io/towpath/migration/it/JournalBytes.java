package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.towpath.local.KafkaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A migration's journal as it lies on a cluster. */
final class JournalBytes {

    private JournalBytes() {}

    /** Every standing that was committed, the oldest first. */
    static List<byte[]> standings(KafkaCluster cluster, String topic) {
        Map<String, Object> config =
                new HashMap<>(cluster.login(KafkaCluster.SUPER_USER).properties());
        config.put("isolation.level", "read_committed");
        TopicPartition journal = new TopicPartition(topic, 0);
        List<byte[]> standings = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(journal));
            consumer.seekToBeginning(List.of(journal));
            long end = consumer.endOffsets(List.of(journal)).get(journal);
            while (consumer.position(journal) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (new String(record.key(), UTF_8).equals("standing")) {
                        standings.add(record.value());
                    }
                }
            }
        }
        return standings;
    }
}
