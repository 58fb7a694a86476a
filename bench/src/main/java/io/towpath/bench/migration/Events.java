package io.towpath.bench.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.towpath.migration.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Activity events as JSON, the same for the same seed: about 360 bytes, or more with padding. */
final class Events {

    private static final long FIRST_TIME = 1_767_225_600_000L;

    private final String topic;
    private final int partitions;
    private final int records;
    private final int padding;

    Events(String topic, int partitions, int records) {
        this(topic, partitions, records, 0);
    }

    /** {@code padding}: so many letters more in each event, half of them random, so that they compress as text does. */
    Events(String topic, int partitions, int records, int padding) {
        this.padding = padding;
        this.topic = topic;
        this.partitions = partitions;
        this.records = records;
    }

    /** Creates the topic on each cluster. */
    void create(List<String> clusters) throws Exception {
        for (String cluster : clusters) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster))) {
                NewTopic wanted = new NewTopic(topic, partitions, (short) 1)
                        .configs(Map.of("retention.ms", "-1", "message.timestamp.after.max.ms", "9223372036854775807"));
                admin.createTopics(List.of(wanted)).all().get();
                awaitLeaders(admin);
            }
        }
    }

    /** Removes the topic, and returns when it is gone. */
    void delete(String cluster) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster))) {
            admin.deleteTopics(List.of(topic)).all().get();
            within(Patience.of(Duration.ofMinutes(1))
                    .until(() -> Optional.of(topics(admin)).filter(names -> !names.contains(topic))));
        }
    }

    private static Set<String> topics(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the topics are not told", e);
        }
    }

    /**
     * Asked for an offset, a broker that is not yet leader refuses and is asked again; one that has not heard of the topic
     * fails. An idempotent producer would survive neither: its first batch is refused, its second is taken, and the first
     * is out of order for ever.
     */
    private void awaitLeaders(Admin admin) {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        within(Patience.of(Duration.ofMinutes(1)).until(() -> offsets(admin, all)));
    }

    private void within(Optional<?> reached) {
        if (reached.isEmpty()) {
            throw new IllegalStateException("topic " + topic + " is not as wanted after a minute");
        }
    }

    private static Optional<Object> offsets(Admin admin, Map<TopicPartition, OffsetSpec> all) {
        try {
            return Optional.of(admin.listOffsets(all).all().get());
        } catch (ExecutionException notYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Writes the same records in the same order to each cluster. */
    void write(List<String> clusters) {
        List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();
        clusters.forEach(cluster -> producers.add(producer(cluster)));
        try {
            Random random = new Random(1);
            for (int i = 0; i < records; i++) {
                ProducerRecord<byte[], byte[]> record = event(i, random);
                for (KafkaProducer<byte[], byte[]> producer : producers) {
                    if (producer.send(record).isCancelled()) {
                        throw new IllegalStateException("the load could not be written");
                    }
                }
            }
        } finally {
            producers.forEach(KafkaProducer::close);
        }
    }

    private ProducerRecord<byte[], byte[]> event(int i, Random random) {
        String actor = "customer-" + random.nextInt(100_000);
        String value = "{\"id\":\"" + new UUID(random.nextLong(), random.nextLong())
                + "\",\"type\":\"order.placed\",\"actor\":{\"id\":\"" + actor + "\",\"kind\":\"customer\"},\"object\":"
                + "{\"type\":\"order\",\"id\":\"" + i + "\"},\"context\":{\"ip\":\"10." + random.nextInt(256) + "."
                + random.nextInt(256) + ".7\",\"agent\":\"Mozilla/5.0 (X11; Linux x86_64)\"},\"data\":{\"total\":"
                + random.nextInt(100_000) + ",\"status\":\"NEW\"},\"source\":{\"database\":\"shop\",\"table\":"
                + "\"public.orders\",\"op\":\"c\",\"position\":" + (1_000_000L + i) + "}" + note(random) + "}";
        return new ProducerRecord<>(
                topic, i % partitions, FIRST_TIME + i, actor.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private String note(Random random) {
        if (padding == 0) {
            return "";
        }
        StringBuilder note = new StringBuilder(",\"note\":\"");
        for (int word = 0; word < padding / 16; word++) {
            note.append("customer").append(String.format("%08x", random.nextInt()));
        }
        return note.append('"').toString();
    }

    private static KafkaProducer<byte[], byte[]> producer(String cluster) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster,
                        "compression.type",
                        "lz4",
                        "batch.size",
                        262_144,
                        "linger.ms",
                        20,
                        "buffer.memory",
                        134_217_728L),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
