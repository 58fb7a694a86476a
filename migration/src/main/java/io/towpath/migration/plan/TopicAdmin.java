package io.towpath.migration.plan;

import io.towpath.migration.config.Cluster;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;

/** Topics of one cluster, read. */
public final class TopicAdmin implements AutoCloseable {

    private final Asking asking;

    public TopicAdmin(Cluster cluster) {
        this.asking = new Asking(cluster);
    }

    public Set<String> names() {
        return asking.answer("list topics", asking.admin().listTopics().names());
    }

    public int brokers() {
        return asking.answer(
                        "describe the cluster", asking.admin().describeCluster().nodes())
                .size();
    }

    /** The topics among {@code names} that exist, sorted. */
    public Map<String, Topic> topics(Collection<String> names) {
        Set<String> present = names();
        List<String> wanted = names.stream().filter(present::contains).toList();
        Map<String, TopicDescription> described = asking.answer(
                "describe topics", asking.admin().describeTopics(wanted).allTopicNames());
        Map<ConfigResource, Config> configs = asking.answer(
                "describe topic configs",
                asking.admin()
                        .describeConfigs(
                                wanted.stream().map(TopicAdmin::resource).toList())
                        .all());
        Map<String, Topic> topics = new TreeMap<>();
        described.forEach((name, topic) -> topics.put(
                name,
                new Topic(
                        name,
                        topic.partitions().size(),
                        topic.partitions().get(0).replicas().size(),
                        settings(configs.get(resource(name)), TopicAdmin::own),
                        settings(
                                configs.get(resource(name)),
                                entry -> !own(entry) && Guarded.KEYS.contains(entry.name()) && entry.value() != null),
                        Uuid.ZERO_UUID.equals(topic.topicId())
                                ? ""
                                : topic.topicId().toString())));
        return topics;
    }

    /** What a topic that sets nothing itself has from its brokers, of {@link Guarded#KEYS}. */
    public Answer<Map<String, String>> defaults() {
        int node = asking.answer(
                        "describe the cluster", asking.admin().describeCluster().nodes())
                .iterator()
                .next()
                .id();
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(node));
        return asking.<Map<ConfigResource, Config>>ask(
                        "describe a broker's configs",
                        Map.of(),
                        () -> asking.admin().describeConfigs(List.of(broker)).all())
                .map(described -> described.isEmpty() ? Map.of() : Guarded.ofBroker(described.get(broker)));
    }

    private static boolean own(ConfigEntry entry) {
        return entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
    }

    private static Map<String, String> settings(Config config, Predicate<ConfigEntry> wanted) {
        Map<String, String> settings = new HashMap<>();
        config.entries().stream().filter(wanted).forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    @Override
    public void close() {
        asking.close();
    }
}
