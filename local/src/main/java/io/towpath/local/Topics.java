package io.towpath.local;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Makes topics that may be used when it returns.
 *
 * <p>A controller says that a topic is made before its brokers know it. Until then they refuse to describe it, and a
 * leader that is not yet one refuses an idempotent producer's first batch, takes its second, and the first is out of order
 * for ever.
 */
public final class Topics {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private Topics() {}

    /** One topic with one replica. */
    public static void create(Map<String, Object> client, String name, int partitions)
            throws ExecutionException, InterruptedException {
        create(client, List.of(new NewTopic(name, partitions, (short) 1)));
    }

    /**
     * Returns when every partition has a leader that says so.
     *
     * @param client the admin client's properties
     * @throws ExecutionException if the topics are refused, or nobody leads them within a minute
     */
    public static void create(Map<String, Object> client, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(topics).all().get();
            awaitLed(admin, topics);
        }
    }

    private static void awaitLed(Admin admin, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = topics.stream()
                .flatMap(Topics::partitions)
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        long end = System.nanoTime() + LIMIT.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException unknown) {
                if (!(unknown.getCause() instanceof RetriableException) || System.nanoTime() - end > 0) {
                    throw unknown;
                }
            }
            boolean opened = never.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS); // an interruptible wait
            assert !opened;
        }
    }

    private static Stream<TopicPartition> partitions(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions()).mapToObj(number -> new TopicPartition(topic.name(), number));
    }
}
