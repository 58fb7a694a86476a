package io.towpath.bench.migration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic once and does nothing with it, as Kafka's ConsumerPerformance does; returns records per second. */
record BareReader(String cluster, String topic, int partitions, int records) implements Callable<Double> {

    @Override
    public Double call() {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", cluster, "isolation.level", "read_committed", "max.poll.records", 2000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long start = System.nanoTime();
            long read = 0;
            while (read < records) {
                read += consumer.poll(Duration.ofMillis(500)).count();
            }
            return read * 1e9 / (System.nanoTime() - start);
        }
    }
}
