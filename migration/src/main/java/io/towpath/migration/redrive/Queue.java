package io.towpath.migration.redrive;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A dead-letter queue, read from where the last run ended up to where it ended when this one began. */
final class Queue implements AutoCloseable {
    private static final int CHUNK = 10_000;
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    Queue(Cluster cluster, String topic, String connector, boolean fromBeginning) {
        Map<String, Object> config = new HashMap<>(cluster.properties());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, "towpath-redrive-" + connector);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            consumer.close();
            throw new BadInput("connector " + connector + ": its dead-letter queue " + topic + " does not exist here;"
                    + " wanted: the cluster of its worker as --bootstrap-server");
        }
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        }
        this.ends = consumer.endOffsets(partitions);
    }

    /** The next letters, at most some ten thousand; empty at the end. */
    List<Letter> next() {
        List<Letter> letters = new ArrayList<>();
        long since = System.nanoTime();
        while (letters.size() < CHUNK && !atEnd()) {
            var records = consumer.poll(Duration.ofMillis(500));
            records.forEach(record -> letters.add(Letter.of(record)));
            if (!records.isEmpty()) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since > SILENCE.toNanos()) {
                throw new IllegalStateException("no record of the dead-letter queue came within " + SILENCE.toSeconds()
                        + " s though there are more");
            }
        }
        return letters;
    }

    private boolean atEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** What was read need not be read again. */
    void commit() {
        Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
        ends.keySet().forEach(partition -> read.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        consumer.commitSync(read);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
