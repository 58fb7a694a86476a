package io.towpath.capture;

import static org.awaitility.Awaitility.await;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** Topics of one partition and three replicas that the same broker leads, which can be killed. */
final class LedTopics implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final List<Integer> REPLICAS = List.of(1, 2, 3); // the first leads whenever it can
    private static final int LEADER = REPLICAS.get(0);
    private static final int STANDSTILL_MILLIS = 1_000;

    private final KafkaCluster kafka;
    private final Admin admin;
    private final List<String> names = new ArrayList<>();

    LedTopics(KafkaCluster kafka) {
        this.kafka = kafka;
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    void create(String name) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, Map.of(0, REPLICAS))))
                .all()
                .get(1, TimeUnit.MINUTES);
        names.add(name);
    }

    /**
     * SIGKILL to the broker that leads them. Comes back when others have led, all replicas are in step, and the broker
     * leads again.
     *
     * @param alone whether its followers stand still for a second before: what comes then is its alone
     */
    void killLeader(boolean alone) throws Exception {
        Server leader = kafka.brokers().get(LEADER - 1);
        List<Server> followers =
                kafka.brokers().stream().filter(broker -> broker != leader).toList();
        if (alone) {
            followers.forEach(Server::pause);
            TimeUnit.MILLISECONDS.sleep(STANDSTILL_MILLIS);
        }
        leader.kill();
        if (alone) {
            followers.forEach(Server::resume);
        }
        await().atMost(LIMIT).until(() -> each(topic -> leader(topic) != 0 && leader(topic) != LEADER));
        leader.start();
        leader.awaitReady();
        await().atMost(LIMIT).until(() -> each(topic -> topic.isr().size() == REPLICAS.size()));
        await().atMost(LIMIT).until(() -> {
            for (String name : names) {
                admin.electLeaders(ElectionType.PREFERRED, Set.of(new TopicPartition(name, 0)))
                        .partitions()
                        .get(1, TimeUnit.MINUTES);
            }
            return each(topic -> leader(topic) == LEADER);
        });
    }

    /** The node id; 0 while there is none. */
    private static int leader(TopicPartitionInfo topic) {
        return topic.leader() == null || topic.leader().isEmpty()
                ? 0
                : topic.leader().id();
    }

    private boolean each(Predicate<TopicPartitionInfo> wanted) throws Exception {
        return admin.describeTopics(names).allTopicNames().get(1, TimeUnit.MINUTES).values().stream()
                .allMatch(topic -> wanted.test(topic.partitions().get(0)));
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
