package io.towpath.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of one Connect worker, whatever it runs in. */
public final class WorkerConfig {

    private WorkerConfig() {}

    /**
     * Its keys and values, with what the settings say winning.
     *
     * @param url where its REST interface listens
     */
    public static Map<String, String> of(URI url, KafkaCluster cluster, WorkerSettings settings) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("bootstrap.servers", cluster.bootstrapServers());
        config.put("listeners", url.toString());
        config.put("rest.advertised.host.name", url.getHost());
        config.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("exactly.once.source.support", "enabled");
        config.put("connector.client.config.override.policy", "All");
        config.put("offset.flush.interval.ms", "1000");
        Login login = cluster.login(settings.user());
        for (String client : List.of("", "producer.", "consumer.", "admin.")) {
            config.putAll(login.identity(client));
        }
        config.putAll(plugins(settings));
        config.putAll(group(settings.groupId(), cluster.brokers().size()));
        config.putAll(settings.overrides());
        return config;
    }

    private static Map<String, String> plugins(WorkerSettings settings) {
        String providers = "org.apache.kafka.common.config.provider.";
        Map<String, String> config = new LinkedHashMap<>();
        if (!settings.pluginPath().isEmpty()) { // Connect refuses an empty list
            config.put(
                    "plugin.path",
                    settings.pluginPath().stream()
                            .map(Path::toAbsolutePath)
                            .map(Path::toString)
                            .collect(Collectors.joining(",")));
        }
        config.put("plugin.discovery", "service_load");
        config.put("config.providers", "file,directory,env");
        config.put("config.providers.file.class", providers + "FileConfigProvider");
        config.put("config.providers.directory.class", providers + "DirectoryConfigProvider");
        config.put("config.providers.env.class", providers + "EnvVarConfigProvider");
        return config;
    }

    private static Map<String, String> group(String id, int brokers) {
        String replicas = String.valueOf(Math.min(3, brokers));
        Map<String, String> config = new LinkedHashMap<>();
        config.put("group.id", id);
        config.put("config.storage.topic", id + "-configs");
        config.put("offset.storage.topic", id + "-offsets");
        config.put("status.storage.topic", id + "-status");
        config.put("config.storage.replication.factor", replicas);
        config.put("offset.storage.replication.factor", replicas);
        config.put("status.storage.replication.factor", replicas);
        config.put("offset.storage.partitions", "4");
        config.put("status.storage.partitions", "2");
        // A killed worker's tasks move, or come back with it, after seconds rather than minutes.
        config.put("scheduled.rebalance.max.delay.ms", "0");
        config.put("session.timeout.ms", "6000"); // the least that brokers allow by default
        config.put("heartbeat.interval.ms", "1000");
        // The same for its sinks' consumers: a killed one holds its partitions until its session is over.
        config.put("consumer.session.timeout.ms", "6000");
        config.put("consumer.heartbeat.interval.ms", "1000");
        return config;
    }
}
