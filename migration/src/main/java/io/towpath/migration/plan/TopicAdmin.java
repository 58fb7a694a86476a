package io.towpath.migration.plan;

import io.towpath.migration.BadInput;
import io.towpath.migration.Interrupted;
import io.towpath.migration.config.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;

/** Topics of one cluster, read and changed. */
public final class TopicAdmin implements AutoCloseable {

    private final Cluster cluster;
    private final Admin admin;

    public TopicAdmin(Cluster cluster) {
        this.cluster = cluster;
        this.admin = Admin.create(cluster.properties());
    }

    public Set<String> names() {
        return answer("list topics", admin.listTopics().names());
    }

    public int brokers() {
        return answer("describe the cluster", admin.describeCluster().nodes()).size();
    }

    /** The topics among {@code names} that exist, sorted. */
    public Map<String, Topic> topics(Collection<String> names) {
        Set<String> present = names();
        List<String> wanted = names.stream().filter(present::contains).toList();
        Map<String, TopicDescription> described =
                answer("describe topics", admin.describeTopics(wanted).allTopicNames());
        Map<ConfigResource, Config> configs = answer(
                "describe topic configs",
                admin.describeConfigs(wanted.stream().map(TopicAdmin::resource).toList())
                        .all());
        Map<String, Topic> topics = new TreeMap<>();
        described.forEach((name, topic) -> topics.put(
                name,
                new Topic(
                        name,
                        topic.partitions().size(),
                        topic.partitions().get(0).replicas().size(),
                        own(configs.get(resource(name))))));
        return topics;
    }

    private static Map<String, String> own(Config config) {
        Map<String, String> own = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                own.put(entry.name(), entry.value());
            }
        }
        return own;
    }

    /** Makes one change; a conflict is not for it. */
    public void apply(Change change) {
        if (change instanceof Change.Create create) {
            Topic wanted = create.wanted();
            NewTopic topic = new NewTopic(
                            wanted.name(), Optional.of(wanted.partitions()), Optional.of((short) wanted.replication()))
                    .configs(wanted.configs());
            answer("create " + wanted.name(), admin.createTopics(List.of(topic)).all());
        } else if (change instanceof Change.Grow grow) {
            answer(
                    "grow " + grow.topic(),
                    admin.createPartitions(Map.of(grow.topic(), NewPartitions.increaseTo(grow.to())))
                            .all());
        } else if (change instanceof Change.Alter alter) {
            List<AlterConfigOp> operations = alter.set().entrySet().stream()
                    .map(e -> new AlterConfigOp(new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            answer(
                    "alter " + alter.topic(),
                    admin.incrementalAlterConfigs(Map.of(resource(alter.topic()), operations))
                            .all());
        } else {
            throw new BadInput(change.describe());
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private <T> T answer(String asked, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new BadInput(
                        cluster.alias() + ".bootstrap.servers: " + cluster.bootstrapServers()
                                + " given; wanted: brokers that answer",
                        e.getCause());
            }
            throw new PlanFailure(
                    cluster.alias() + " refused to " + asked + ": "
                            + e.getCause().getMessage(),
                    e);
        } catch (InterruptedException e) {
            throw new Interrupted(asked + " on " + cluster.alias(), e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
