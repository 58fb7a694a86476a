package io.towpath.migration.redrive;

import io.towpath.migration.config.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a connector's dead-lettered records to its redrive topic, in the order of their first coordinates, each once.
 *
 * <p>Safe to repeat and to break off: the sink keeps the list of the records that wait, in its database, and writes a
 * record only when it is the next of its key on that list.
 */
public final class Redrive {
    private final Cluster cluster;
    private final Plan plan;

    /**
     * What to do.
     *
     * @param from the dead-letter queue
     * @param to the redrive topic
     * @param skipped records that shall leave the list unwritten
     * @param fromBeginning whether records that an earlier run has read are read again
     */
    public record Plan(String connector, String from, String to, Set<Origin> skipped, boolean fromBeginning) {}

    /**
     * What was done.
     *
     * @param written records of the redrive topic, those skipped among them
     * @param beforeTheSink letters that a converter or a transform refused, left alone
     * @param notFound those to be skipped that were not in the queue
     */
    public record Result(int written, int beforeTheSink, Set<Origin> notFound) {}

    public Redrive(Cluster cluster, Plan plan) {
        this.cluster = cluster;
        this.plan = plan;
    }

    public Result run() {
        createTopic();
        Map<String, Object> config = new HashMap<>(cluster.properties());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        int written = 0;
        int before = 0;
        Set<Origin> notFound = new TreeSet<>(plan.skipped());
        try (Queue queue = new Queue(cluster, plan.from(), plan.connector(), plan.fromBeginning());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (List<Letter> letters = queue.next(); !letters.isEmpty(); letters = queue.next()) {
                List<Letter> ours = letters.stream()
                        .filter(letter -> letter.isOf(plan.connector()))
                        .toList();
                Map<Origin, Letter> again = new TreeMap<>();
                ours.stream()
                        .filter(letter -> letter.isOfTheSinkItself() && letter.origin() != null)
                        .forEach(letter -> again.put(letter.origin(), letter));
                write(producer, again);
                queue.commit();
                written += again.size();
                before += (int) ours.stream()
                        .filter(letter -> !letter.isOfTheSinkItself())
                        .count();
                notFound.removeAll(again.keySet());
            }
        }
        return new Result(written, before, notFound);
    }

    private void write(KafkaProducer<byte[], byte[]> producer, Map<Origin, Letter> letters) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        letters.forEach((origin, letter) ->
                sent.add(producer.send(letter.again(plan.to(), plan.skipped().contains(origin)))));
        sent.forEach(future -> answer(future, "writing to " + plan.to()));
    }

    /** With the cluster's own number of partitions and replicas, unless it is there. */
    private void createTopic() {
        try (Admin admin = Admin.create(cluster.properties())) {
            NewTopic topic = new NewTopic(plan.to(), Optional.empty(), Optional.empty());
            answer(admin.createTopics(List.of(topic)).all(), "creating topic " + plan.to());
        } catch (IllegalStateException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
        }
    }

    private static void answer(Future<?> future, String doing) {
        try {
            future.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(doing + " failed", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(doing + " was interrupted", interrupted);
        }
    }
}
