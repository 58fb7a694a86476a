package io.towpath.migration.proof.read;

import io.towpath.migration.BadInput;
import io.towpath.migration.Interrupted;
import io.towpath.migration.config.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the proof asks a cluster about its logs. */
final class ClusterView implements AutoCloseable {

    private final Cluster cluster;
    private final Admin admin;

    ClusterView(Cluster cluster) {
        this.cluster = cluster;
        this.admin = Admin.create(cluster.properties());
    }

    String clusterId() {
        return answer(admin.describeCluster().clusterId());
    }

    Set<String> topics() {
        return answer(admin.listTopics().names());
    }

    /** The partitions of those topics that exist. */
    Set<TopicPartition> partitions(Collection<String> topics) {
        Set<TopicPartition> partitions =
                new TreeSet<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                topic.getValue()
                        .get()
                        .partitions()
                        .forEach(p -> partitions.add(new TopicPartition(topic.getKey(), p.partition())));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failure(e);
                }
            } catch (InterruptedException e) {
                throw new Interrupted("asking " + cluster.alias() + " for its topics", e);
            }
        }
        return partitions;
    }

    /** The ids of those topics that exist: a topic that is recreated gets another. */
    Map<String, String> ids(Collection<String> topics) {
        Set<String> present = topics();
        List<String> known = topics.stream().filter(present::contains).toList();
        Map<String, String> ids = new HashMap<>();
        answer(admin.describeTopics(known).allTopicNames())
                .forEach((topic, description) ->
                        ids.put(topic, description.topicId().toString()));
        return ids;
    }

    /** First offsets that are still there. */
    Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest());
    }

    /** Last stable offsets: the ends, up to the first transaction that is still open. */
    Map<TopicPartition, Long> stableEnds(Set<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = partitions.stream().collect(Collectors.toMap(tp -> tp, tp -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((tp, info) -> offsets.put(tp, info.offset()));
        return offsets;
    }

    /** Topics whose cleanup policy includes compaction. */
    Set<String> compacted(Collection<String> topics) {
        return config(topics, "cleanup.policy").entrySet().stream()
                .filter(e -> e.getValue().contains("compact"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Milliseconds that tombstones and markers outlive the records before them, at least. */
    Map<String, Long> deleteRetention(Collection<String> topics) {
        return config(topics, "delete.retention.ms").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> Long.parseLong(e.getValue())));
    }

    private Map<String, String> config(Collection<String> topics, String key) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return answer(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().name(), e -> e.getValue().get(key).value()));
    }

    /** Where a partition lives. */
    record Home(Node leader, Uuid topic) {}

    Map<TopicPartition, Home> homes(Set<TopicPartition> partitions) {
        Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        Map<TopicPartition, Home> homes = new HashMap<>();
        answer(admin.describeTopics(topics).allTopicNames())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(p -> homes.put(
                                new TopicPartition(topic, p.partition()),
                                new Home(p.leader(), description.topicId()))));
        return homes;
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw new Interrupted("asking " + cluster.alias(), e);
        }
    }

    private RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof TimeoutException) {
            return new BadInput(
                    cluster.alias() + ".bootstrap.servers: " + cluster.bootstrapServers()
                            + " given; wanted: brokers that answer",
                    e.getCause());
        }
        return new ReadFailure(cluster.alias() + " refused: " + e.getCause().getMessage(), e.getCause());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
