package io.towpath.bench.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Consumer to producer with nothing between: the limit of any copy. Tuned as our throughput flow. */
final class BarePipe implements AutoCloseable {

    private final String source;
    private final String target;
    private final String from;
    private final String to;
    private final ExecutorService threads;
    private final int count;
    private volatile boolean stopped;

    BarePipe(List<String> clusters, String from, String to, int threads) {
        this.source = clusters.get(0);
        this.target = clusters.get(1);
        this.from = from;
        this.to = to;
        this.count = threads;
        this.threads = Executors.newFixedThreadPool(threads);
    }

    void start(int partitions) {
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < count; thread++) {
            List<TopicPartition> own = new ArrayList<>();
            for (int partition = thread; partition < partitions; partition += count) {
                own.add(new TopicPartition(from, partition));
            }
            running.add(threads.submit(() -> pump(own)));
        }
        if (running.stream().anyMatch(Future::isCancelled)) {
            throw new IllegalStateException("the pipe did not start");
        }
    }

    private void pump(List<TopicPartition> own) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                KafkaProducer<byte[], byte[]> producer = producer()) {
            consumer.assign(own);
            consumer.seekToBeginning(own);
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(100))) {
                    ProducerRecord<byte[], byte[]> copy =
                            new ProducerRecord<>(to, r.partition(), r.timestamp(), r.key(), r.value(), r.headers());
                    stopped |= producer.send(copy).isCancelled();
                }
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", source,
                        "max.poll.records", 5000,
                        "fetch.min.bytes", 262_144,
                        "fetch.max.wait.ms", 100,
                        "max.partition.fetch.bytes", 4_194_304),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        target,
                        "compression.type",
                        "lz4",
                        "batch.size",
                        262_144,
                        "linger.ms",
                        50,
                        "buffer.memory",
                        134_217_728L),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
    }
}
