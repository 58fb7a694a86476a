package io.towpath.migration.plan;

import io.towpath.migration.config.Cluster;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
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

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    @Override
    public void close() {
        asking.close();
    }
}
