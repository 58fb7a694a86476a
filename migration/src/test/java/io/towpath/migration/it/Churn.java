package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.towpath.local.TrialSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes of every kind to one cluster, drawn from a seed: transactions, aborts, updates, tombstones. */
final class Churn implements AutoCloseable {

    /** A log that is cleaned as often as a broker can. */
    static final Map<String, String> CLEANED = Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "200",
            "min.cleanable.dirty.ratio", "0.001",
            "max.compaction.lag.ms", "200");

    private static final int KEYS = 60;

    private final Random random;
    private final KafkaProducer<byte[], byte[]> plain;
    private final KafkaProducer<byte[], byte[]> transactional;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private int number;

    Churn(String bootstrapServers, String name, long seed) {
        this.random = new Random(seed);
        this.plain = producer(bootstrapServers, Map.of());
        this.transactional =
                producer(bootstrapServers, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "churn-" + name));
        transactional.initTransactions();
    }

    /** In a trial; brokers look for something to clean every 15 s otherwise. */
    static void cleanOften(String bootstrapServers) throws Exception {
        if (!TrialSize.current().trial()) {
            return;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.BROKER, ""),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("log.cleaner.backoff.ms", "100"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", bootstrapServers);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** So many portions of up to 40 records, each a transaction or none; every fourth transaction is aborted. */
    void write(String topic, int partitions, int portions) throws Exception {
        for (int portion = 0; portion < portions; portion++) {
            int size = 1 + random.nextInt(40);
            if (random.nextInt(3) == 0) {
                send(plain, topic, partitions, size);
                continue;
            }
            transactional.beginTransaction();
            send(transactional, topic, partitions, size);
            if (random.nextInt(4) == 0) {
                transactional.flush();
                transactional.abortTransaction();
            } else {
                transactional.commitTransaction();
            }
        }
        plain.flush();
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, int partitions, int size) {
        for (int i = 0; i < size; i++) {
            byte[] key = ("key-" + random.nextInt(KEYS)).getBytes(UTF_8);
            byte[] value = random.nextInt(12) == 0 ? null : ("value-" + number++).getBytes(UTF_8);
            sent.add(producer.send(new ProducerRecord<>(topic, random.nextInt(partitions), key, value)));
        }
    }

    int written() {
        return sent.size();
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }
}
