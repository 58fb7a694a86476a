package io.towpath.demo.story;

import io.towpath.local.Login;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic of activities from its beginning, committed records only, and keeps what each one says was done. */
final class TopicTail implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Sighting> seen = new ArrayList<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;

    TopicTail(Login login, String topic) {
        Map<String, Object> config = new HashMap<>(login.properties());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = new Thread(this::read, "tail-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Sighting sighting = Sighting.of(record);
                    synchronized (seen) {
                        seen.add(sighting);
                    }
                }
            }
        } catch (WakeupException closing) {
            // close() asked for it
        } catch (KafkaException e) {
            failure.set(e);
        } finally {
            consumer.close();
        }
    }

    /** How many records so far. @throws RuntimeException what ended the reading, if something did */
    int count() {
        if (failure.get() != null) {
            throw failure.get();
        }
        synchronized (seen) {
            return seen.size();
        }
    }

    /** What was read so far, partition by partition in log order. */
    List<Sighting> seen() {
        count();
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
