package io.towpath.capture.consent;

import io.towpath.capture.config.ConsentConfig;
import io.towpath.capture.consent.ConsentLedger.Entry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * The compacted topic that holds, for each actor, what is kept of its consent. It is written through Connect, in one
 * Kafka transaction with the activities, and read here when a task starts.
 *
 * <p>Always: what was read is all that was committed before {@link #read} was called: it reads up to the end of the log,
 * not up to the last stable offset, and so waits for transactions that are still open.
 */
public final class ConsentTopic {

    private static final long ADMIN_SECONDS = 30;
    private static final long BETWEEN_LOOKS_MILLIS = 50;
    private static final Duration POLL = Duration.ofMillis(200);

    private final ConsentConfig config;
    private final long patience;

    /** @param patience most time without progress, e.g. while another task's transaction is open */
    public ConsentTopic(ConsentConfig config, Duration patience) {
        this.config = config;
        this.patience = patience.toNanos();
    }

    /**
     * What is stored of the actors of {@code databases}, by database; makes the topic if there is none.
     *
     * @throws ConnectException the topic cannot be read whole, or does not keep what it holds
     */
    public Map<String, List<Entry>> read(Set<String> databases) {
        Map<TopicPartition, Long> ends = makeOrCheck();
        Map<String, Object> properties = new HashMap<>(config.client());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("max.poll.records", "5000");
        properties.put("auto.offset.reset", "earliest");
        properties.remove("group.id");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, ends, databases);
        } catch (KafkaException unreadable) {
            throw new ConnectException(
                    "the consent topic " + config.topic()
                            + " cannot be read, wanted: clients that may read it, by the keys kafka.*",
                    unreadable);
        }
    }

    private Map<String, List<Entry>> read(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Set<String> databases) {
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        StoredActors stored = new StoredActors();
        long moved = System.nanoTime();
        long before = -1;
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record, databases, stored);
            }
            long reached = ends.keySet().stream().mapToLong(consumer::position).sum();
            moved = reached == before ? moved : System.nanoTime();
            before = reached;
            if (System.nanoTime() - moved > patience) {
                throw new ConnectException("the consent topic " + config.topic() + " cannot be read to its end: a"
                        + " transaction is open in it for longer than "
                        + Duration.ofNanos(patience).toSeconds()
                        + " s, wanted: a shorter producer.override.transaction.timeout.ms");
            }
        }
        return stored.byDatabase(databases);
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Set<String> databases, StoredActors stored) {
        if (record.key() == null || record.value() == null) {
            stored.remove(record.key() == null ? new byte[0] : record.key());
            return;
        }
        Optional<ConsentRecord.Read> read = ConsentRecord.parse(record.value());
        if (read.isEmpty()) {
            throw ConsentRecord.refusal(
                    "record " + record.partition() + "@" + record.offset() + " of the consent topic " + config.topic(),
                    record.value());
        }
        if (databases.contains(read.get().database())) {
            stored.put(record.key(), read.get(), record.timestamp());
        }
    }

    /** The ends of the topic's log, open transactions included: a {@code read_committed} reader would be told less. */
    private Map<TopicPartition, Long> makeOrCheck() {
        try (Admin admin = Admin.create(new HashMap<>(config.client()))) {
            if (!exists(admin)) {
                make(admin);
            }
            assertCompacted(admin);
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            known(() -> admin.describeTopics(List.of(config.topic())).allTopicNames())
                    .get(config.topic())
                    .partitions()
                    .forEach(info ->
                            latest.put(new TopicPartition(config.topic(), info.partition()), OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            known(() -> admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                            .all())
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ConnectException("stopped while the consent topic was looked at", stop);
        } catch (ExecutionException | TimeoutException refused) {
            throw new ConnectException(
                    "the consent topic " + config.topic() + " can neither be made nor looked at, wanted: a topic with"
                            + " cleanup.policy=compact, and clients that may describe it, by the keys kafka.*",
                    refused);
        }
    }

    /** A client that may not make topics can use one that is there. */
    private boolean exists(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        try {
            done(admin.describeTopics(List.of(config.topic())).allTopicNames());
            return true;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw refused;
        }
    }

    private void make(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        NewTopic wanted = new NewTopic(config.topic(), Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            done(admin.createTopics(List.of(wanted)).all());
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof TopicExistsException)) {
                throw refused;
            }
        }
    }

    private void assertCompacted(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, config.topic());
        String policy = known(() -> admin.describeConfigs(List.of(resource)).all())
                .get(resource)
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .value();
        if (!TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy)) {
            throw new ConnectException("the consent topic " + config.topic() + " has cleanup.policy=" + policy
                    + " and would forget who has opted out, wanted: cleanup.policy=compact");
        }
    }

    /** Asks again while the broker that answers has not heard of a topic that was just made. */
    private static <T> T known(Supplier<KafkaFuture<T>> question)
            throws ExecutionException, TimeoutException, InterruptedException {
        long asked = System.nanoTime();
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                return done(question.get());
            } catch (ExecutionException refused) {
                boolean unheardOf = refused.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unheardOf || System.nanoTime() - asked > TimeUnit.SECONDS.toNanos(ADMIN_SECONDS)) {
                    throw refused;
                }
            }
            boolean opened = never.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS); // an interruptible wait
            assert !opened;
        }
    }

    private static <T> T done(KafkaFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(ADMIN_SECONDS, TimeUnit.SECONDS);
    }
}
