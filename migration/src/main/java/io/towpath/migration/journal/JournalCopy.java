package io.towpath.migration.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.towpath.migration.Interrupted;
import io.towpath.migration.Patience;
import io.towpath.migration.config.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The journal's copy on one cluster: topic {@code towpath-<migration>-journal}, one partition, compacted. */
final class JournalCopy implements AutoCloseable {

    /** Somebody else holds this copy. */
    static final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fenced(Throwable cause) {
            super("fenced", cause);
        }
    }

    private static final String STANDING = "standing";
    private static final String HOLDER = "holder";
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration READING = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final String topic;
    private final JournalClients clients;
    private KafkaProducer<byte[], byte[]> producer;
    private long taken;
    private String self;

    JournalCopy(Cluster cluster, String migration) {
        this.cluster = cluster;
        this.topic = "towpath-" + migration + "-journal";
        this.clients = new JournalClients(cluster, "towpath-" + migration);
    }

    /**
     * The last committed standing; empty when there is no journal yet. It is asked for by name: in a list, a journal that
     * our user may not see looks like none.
     */
    Optional<Standing> read() {
        try (Admin admin = clients.admin()) {
            answer("describe " + topic, admin.describeTopics(List.of(topic)).allTopicNames());
        } catch (JournalFailure e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
        return last(STANDING, 0).map(bytes -> JournalJson.read(where(), bytes));
    }

    /** The last committed record of that key from an offset on. */
    private Optional<byte[]> last(String key, long from) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(clients.reading(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            byte[] last = null;
            long until = System.nanoTime() + READING.toNanos();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() > until) {
                    throw new JournalFailure(
                            where() + " cannot be read to its end within " + READING.toSeconds() + " s");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    last = new String(record.key(), UTF_8).equals(key) ? record.value() : last;
                }
            }
            return Optional.ofNullable(last);
        } catch (InterruptException e) {
            throw new JournalFailure("interrupted while reading " + where(), e);
        } catch (KafkaException e) {
            throw new JournalFailure(where() + " cannot be read", e);
        }
    }

    /** Takes the copy over from whoever holds it, making the topic if there is none. */
    void take() {
        try (Admin admin = clients.admin()) {
            create(admin);
            refuseUncompacted(admin);
            taken = onceKnown(() -> end(admin));
        }
        release();
        producer = new KafkaProducer<>(clients.writing(), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            throw failure("taken over", e);
        }
    }

    /** Writes in one transaction. */
    void write(Standing standing) {
        send(STANDING, JournalJson.write(standing));
    }

    /** Returns if nobody has taken this copy over. */
    void held(String by) {
        self = by;
        send(HOLDER, by.getBytes(UTF_8));
    }

    private void send(String key, byte[] value) {
        try {
            producer.beginTransaction();
            var sent = producer.send(new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value));
            producer.commitTransaction();
            assert sent.isDone();
        } catch (KafkaException e) {
            throw failure("written", e);
        }
    }

    private RuntimeException failure(String what, KafkaException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException
                    || (isUnclear(cause) && overtaken(e))) {
                return new Fenced(e);
            }
        }
        return new JournalFailure(where() + " cannot be " + what, e);
    }

    /** A broker that ends a transaction while another run takes it over may answer with no more than this. */
    private static boolean isUnclear(Throwable cause) {
        return cause instanceof UnknownServerException
                || (cause instanceof KafkaException
                        && String.valueOf(cause.getMessage()).contains("EndTxnResponse"));
    }

    /** Whether another run has said since that it holds this copy; each says so as soon as it does. */
    private boolean overtaken(KafkaException unclear) {
        try {
            return Patience.of(SETTLING)
                    .until(() -> last(HOLDER, taken).filter(holder -> !new String(holder, UTF_8).equals(self)))
                    .isPresent();
        } catch (JournalFailure unreadable) {
            unclear.addSuppressed(unreadable);
            return false;
        }
    }

    private void create(Admin admin) {
        NewTopic wanted =
                new NewTopic(topic, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy", "compact"));
        try {
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new JournalFailure(where() + " cannot be created", e.getCause());
            }
        } catch (InterruptedException e) {
            throw new Interrupted("creating " + where(), e);
        }
    }

    private void refuseUncompacted(Admin admin) {
        String policy = onceKnown(() -> policy(admin));
        if (!policy.equals("compact")) {
            throw new JournalFailure(where() + ": cleanup.policy=" + policy
                    + " given; wanted: compact, or the journal forgets where the migration stands");
        }
    }

    /** What a broker answers as soon as it has heard of a topic that was just made. */
    private <T> T onceKnown(Supplier<T> question) {
        return Patience.of(SETTLING)
                .until(() -> {
                    try {
                        return Optional.of(question.get());
                    } catch (JournalFailure e) {
                        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                })
                .orElseThrow(() -> new JournalFailure(where() + " was made, and its brokers do not know it yet"));
    }

    private String policy(Admin admin) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = answer(
                        "describe " + topic,
                        admin.describeConfigs(List.of(resource)).all())
                .get(resource);
        return config.get("cleanup.policy").value();
    }

    private long end(Admin admin) {
        TopicPartition partition = new TopicPartition(topic, 0);
        return answer(
                        "list offsets of " + topic,
                        admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                                .all())
                .get(partition)
                .offset();
    }

    private <T> T answer(String asked, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new JournalFailure(cluster.alias() + " does not answer (" + asked + ")", e.getCause());
        } catch (InterruptedException e) {
            throw new Interrupted(asked + " on " + cluster.alias(), e);
        }
    }

    private String where() {
        return topic + " on " + cluster.alias();
    }

    private void release() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        release();
    }
}
