package io.towpath.migration.switchover.look;

import io.towpath.migration.BadInput;
import io.towpath.migration.Interrupted;
import io.towpath.migration.config.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;

/** The logs of one cluster, for a switch. */
public final class LogView implements AutoCloseable {

    private final Cluster cluster;
    private final Admin admin;

    public LogView(Cluster cluster) {
        this.cluster = cluster;
        this.admin = Admin.create(cluster.properties());
    }

    public Cluster cluster() {
        return cluster;
    }

    public Set<String> topics() {
        return answer("list topics", admin.listTopics().names());
    }

    public Set<TopicPartition> partitions(Collection<String> topics) {
        Set<TopicPartition> partitions = new HashSet<>();
        answer("describe topics", admin.describeTopics(topics).allTopicNames())
                .forEach((name, topic) ->
                        topic.partitions().forEach(p -> partitions.add(new TopicPartition(name, p.partition()))));
        return partitions;
    }

    /** After the last record, committed or not. */
    public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Last stable offsets. */
    public Map<TopicPartition, Long> stable(Set<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    public Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<TopicPartition, Long> offsets(
            Set<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> wanted = partitions.stream().collect(Collectors.toMap(tp -> tp, tp -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer(
                        "list offsets",
                        admin.listOffsets(wanted, new ListOffsetsOptions(isolation))
                                .all())
                .forEach((tp, info) -> offsets.put(tp, info.offset()));
        return offsets;
    }

    /** {@code accepted}: what may be left out because the brokers cannot tell. */
    public Look look(Set<TopicPartition> partitions, Set<String> accepted) {
        Writers writers = new Writers(cluster, admin, accepted);
        return new Look(
                ends(partitions), stable(partitions), writers.producers(partitions), writers.transactions(partitions));
    }

    /** What {@code key} is worth for each topic, own or by default. */
    public Map<String, String> topicConfig(Collection<String> topics, String key) {
        return settings(topics).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> e.getValue().get(key).value()));
    }

    /** All settings of each topic, own and by default. */
    public Map<String, Config> settings(Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return answer("describe configs", admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
    }

    /** Sets {@code message.timestamp.type} of those topics. */
    public void stampBy(String type, Collection<String> topics) {
        AlterConfigOp set = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, type), AlterConfigOp.OpType.SET);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        topics.forEach(topic -> changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)));
        answer("alter configs", admin.incrementalAlterConfigs(changes).all());
    }

    Admin admin() {
        return admin;
    }

    private <T> T answer(String asked, KafkaFuture<T> future) {
        return answer(cluster, asked, future);
    }

    static <T> T answer(Cluster cluster, String asked, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new BadInput(
                        cluster.alias() + ".bootstrap.servers: " + cluster.bootstrapServers()
                                + " given; wanted: brokers that answer",
                        e.getCause());
            }
            throw new LookFailure(
                    cluster.alias() + " refused to " + asked + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            throw new Interrupted(asked + " on " + cluster.alias(), e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
