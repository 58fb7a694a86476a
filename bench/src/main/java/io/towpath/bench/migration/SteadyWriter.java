package io.towpath.bench.migration;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes so many records a second until it is stopped. */
final class SteadyWriter {

    private static final byte[] VALUE = new byte[360];
    private static final Duration TICK = Duration.ofMillis(10);

    private final AtomicLong written = new AtomicLong();
    private final CompletableFuture<Void> running;
    private volatile boolean stopped;

    SteadyWriter(String bootstrapServers, String topic, int partitions, int perSecond) {
        running = CompletableFuture.runAsync(() -> write(bootstrapServers, topic, partitions, perSecond));
    }

    private void write(String bootstrapServers, String topic, int partitions, int perSecond) {
        Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            long begun = System.nanoTime();
            while (!stopped) {
                long due = (System.nanoTime() - begun) * perSecond / 1_000_000_000L;
                while (written.get() < due) {
                    int partition = (int) (written.getAndIncrement() % partitions);
                    if (producer.send(new ProducerRecord<>(topic, partition, null, VALUE))
                            .isCancelled()) {
                        throw new IllegalStateException("the load could not be written");
                    }
                }
                LockSupport.parkNanos(TICK.toNanos());
            }
        }
    }

    long written() {
        return written.get();
    }

    /** Returns when all that was sent is acknowledged. */
    void stop() {
        stopped = true;
        running.join();
    }
}
