package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records of every shape to one cluster. */
final class Writer implements AutoCloseable {

    private final Map<String, Object> properties;
    private final KafkaProducer<byte[], byte[]> plain;

    Writer(String bootstrapServers) {
        properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                8 * 1024 * 1024,
                ProducerConfig.LINGER_MS_CONFIG,
                5);
        plain = producer(properties);
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Keeps its records, which are of 2001, whatever the broker's retention is. */
    void topic(String name, int partitions, Map<String, String> more) throws Exception {
        Map<String, String> configs = new HashMap<>(more);
        configs.putIfAbsent("retention.ms", "-1");
        Topics.create(properties, List.of(new NewTopic(name, partitions, (short) 1).configs(configs)));
    }

    void plain(String topic, int partition, int from, int count) {
        all(IntStream.range(from, from + count)
                .mapToObj(i -> record(topic, partition, i))
                .toList());
    }

    /** Records as they were written {@code age} ago. */
    void aged(String topic, int partition, int count, Duration age) {
        long then = System.currentTimeMillis() - age.toMillis();
        all(IntStream.range(0, count)
                .mapToObj(i -> new ProducerRecord<>(topic, partition, then, new byte[0], ("aged-" + i).getBytes(UTF_8)))
                .toList());
    }

    void configure(String topic, Map<String, String> values) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        List<AlterConfigOp> changes = values.entrySet().stream()
                .map(one -> new AlterConfigOp(new ConfigEntry(one.getKey(), one.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = Admin.create(properties)) {
            admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
        }
    }

    /** For a compacted topic: {@code count} records over {@code keys} keys. */
    void updates(String topic, int count, int keys) {
        long now = System.nanoTime();
        all(IntStream.range(0, count)
                .mapToObj(i -> new ProducerRecord<>(
                        topic, 0, ("key-" + i % keys).getBytes(UTF_8), (now + "-" + i).getBytes(UTF_8)))
                .toList());
    }

    void send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        plain.send(record).get();
    }

    void all(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent =
                records.stream().map(plain::send).collect(Collectors.toCollection(ArrayList::new));
        plain.flush();
        assertThat(sent).allSatisfy(one -> assertThat(one.get().hasOffset()).isTrue());
    }

    /** Records of one transaction that is aborted. */
    void aborted(String topic, int partition, int count) {
        try (KafkaProducer<byte[], byte[]> producer = transactional("aborts-" + topic)) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> last = null;
            for (int i = 0; i < count; i++) {
                last = producer.send(record(topic, partition, 5_000_000 + i));
            }
            assertThat(last).isNotNull();
            producer.flush();
            producer.abortTransaction();
        }
        settle("aborts-" + topic);
    }

    /** Returns when the topic is gone, so that it can be created again. */
    void deleteTopic(String name) throws Exception {
        try (Admin admin = Admin.create(properties)) {
            admin.deleteTopics(List.of(name)).all().get();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !admin.listTopics().names().get().contains(name));
        }
    }

    KafkaProducer<byte[], byte[]> transactional(String id) {
        Map<String, Object> transactional = new HashMap<>(properties);
        transactional.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        return producer(transactional);
    }

    /** Transactions of {@code size} records; every third one is aborted. */
    void transactions(String topic, int partition, int transactions, int size) {
        try (KafkaProducer<byte[], byte[]> producer = transactional(topic + "-" + partition)) {
            producer.initTransactions();
            for (int t = 0; t < transactions; t++) {
                producer.beginTransaction();
                Future<RecordMetadata> last = null;
                for (int i = 0; i < size; i++) {
                    last = producer.send(record(topic, partition, 1_000_000 + t * size + i));
                }
                assertThat(last).isNotNull();
                if (t % 3 == 2) {
                    producer.flush(); // a batch that arrives after the end of its transaction is fatal to the producer
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
        settle(topic + "-" + partition);
    }

    /** A commit returns before its markers are written; a successor of the same id is let in only after them. */
    void settle(String transactionalId) {
        try (KafkaProducer<byte[], byte[]> successor = transactional(transactionalId)) {
            successor.initTransactions();
        }
    }

    /** Every shape there is: null and empty keys and values, binary and repeated headers, old timestamps. */
    static ProducerRecord<byte[], byte[]> record(String topic, int partition, int i) {
        byte[] key = i % 5 == 0 ? null : i % 5 == 1 ? new byte[0] : ("key-" + i).getBytes(UTF_8);
        byte[] value = i % 7 == 0 ? null : i % 7 == 1 ? new byte[0] : ("value-" + i).getBytes(UTF_8);
        long timestamp = 1_000_000_000_000L + i;
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, timestamp, key, value);
        if (i % 3 == 0) {
            record.headers().add(new RecordHeader("bin", new byte[] {(byte) 0xCA, (byte) 0xFE, 0, 1}));
            record.headers().add(new RecordHeader("twice", new byte[] {1}));
            record.headers().add(new RecordHeader("twice", new byte[] {2}));
            record.headers().add(new RecordHeader("nothing", (byte[]) null));
        }
        return record;
    }

    @Override
    public void close() {
        plain.close();
    }
}
