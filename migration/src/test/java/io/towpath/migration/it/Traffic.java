package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An application that writes to one topic, on whichever side is open, and a ledger of what was acknowledged to it. */
final class Traffic {

    private final String topic;
    private final int partitions;
    private final Random random;
    private final List<String> acknowledged = new ArrayList<>();
    private final Map<String, String> last = new HashMap<>();
    private int written;

    Traffic(String topic, int partitions, long seed) {
        this.topic = topic;
        this.partitions = partitions;
        this.random = new Random(seed);
    }

    String topic() {
        return topic;
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Plain batches, transactions, and aborted ones, {@code records} in all; all is settled when it returns. */
    void write(String bootstrapServers, int records) throws ExecutionException, InterruptedException {
        int left = records;
        while (left > 0) {
            int batch = Math.min(left, 1 + random.nextInt(40));
            switch (random.nextInt(4)) {
                case 0 -> transaction(bootstrapServers, batch, true);
                case 1 -> transaction(bootstrapServers, batch, false);
                default -> plain(bootstrapServers, batch);
            }
            left -= batch;
        }
    }

    /** As {@link #write}, for a thread. */
    void writeUnchecked(String bootstrapServers, int records) {
        try {
            write(bootstrapServers, records);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void plain(String bootstrapServers, int records) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers, null)) {
            acknowledge(sent(producer, records));
        }
    }

    private void transaction(String bootstrapServers, int records, boolean commit)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers, "writer-" + topic)) {
            producer.initTransactions();
            producer.beginTransaction();
            Map<String, String> sent = sent(producer, records);
            if (commit) {
                producer.commitTransaction();
                acknowledge(sent);
            } else {
                producer.abortTransaction();
            }
        }
        try (KafkaProducer<byte[], byte[]> successor = producer(bootstrapServers, "writer-" + topic)) {
            successor.initTransactions(); // let in only after the markers are written
        }
    }

    private void acknowledge(Map<String, String> sent) {
        sent.forEach((value, place) -> {
            acknowledged.add(value);
            last.put(place, value);
        });
    }

    /** Value to partition and key, in the order of sending. */
    private Map<String, String> sent(KafkaProducer<byte[], byte[]> producer, int records)
            throws ExecutionException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            String value = topic + "-" + written++;
            String key = "k" + random.nextInt(20);
            int partition = random.nextInt(partitions);
            byte[] content = value.getBytes(UTF_8);
            sent.add(producer.send(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), content)));
            values.put(value, partition + " " + key);
        }
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            assertThat(one.get().hasOffset()).isTrue();
        }
        return values;
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, String transactionalId) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        if (transactionalId != null) {
            properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        }
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Every acknowledged record, and no other, once; in the same order, with the same timestamps, on both sides. */
    void assertOnBothExactlyOnce(String one, String other) {
        List<ConsumerRecord<byte[], byte[]>> here = OtherChecks.read(one, topic);
        List<ConsumerRecord<byte[], byte[]>> there = OtherChecks.read(other, topic);
        assertThat(values(here)).as("%s on the source", topic).containsExactlyInAnyOrderElementsOf(acknowledged);
        for (int p = 0; p < partitions; p++) {
            assertThat(shapes(there, p)).as("%s-%d", topic, p).isEqualTo(shapes(here, p));
        }
    }

    /** For a compacted topic: the last acknowledged value of every key and partition, on both sides. */
    void assertLatestPerKeyOnBoth(String one, String other) {
        assertThat(latest(one)).as("%s on the source", topic).isEqualTo(last);
        assertThat(latest(other)).as("%s on the target", topic).isEqualTo(last);
    }

    private Map<String, String> latest(String bootstrapServers) {
        Map<String, String> latest = new HashMap<>();
        OtherChecks.read(bootstrapServers, topic)
                .forEach(r ->
                        latest.put(r.partition() + " " + new String(r.key(), UTF_8), new String(r.value(), UTF_8)));
        return latest;
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(r -> new String(r.value(), UTF_8)).toList();
    }

    private static List<String> shapes(List<ConsumerRecord<byte[], byte[]>> records, int partition) {
        return records.stream()
                .filter(r -> r.partition() == partition)
                .map(r -> new String(r.value(), UTF_8) + " at " + r.timestamp())
                .toList();
    }
}
