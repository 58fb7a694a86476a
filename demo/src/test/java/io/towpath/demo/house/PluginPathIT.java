package io.towpath.demo.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a worker offers with our archives and without. A foreign class among them would be a trap: an unversioned config
 * takes the highest version on the plugin path, so it would upgrade other teams' connectors.
 */
class PluginPathIT {

    @TempDir
    private Path directory;

    @Test
    void ourArchivesAddOurOwnClassesAlone() throws IOException {
        Path nothing = Files.createDirectories(directory.resolve("nothing"));
        try (Stack stack = Stack.embedded(directory.resolve("stack"))) {
            KafkaCluster cluster = stack.kafka("dc1", 1);
            Set<String> before = offered(
                    stack.connect("without", cluster, WorkerSettings.of(nothing).withGroup("without")));
            Set<String> after = offered(stack.connect(
                    "with",
                    cluster,
                    WorkerSettings.of(Plugins.capture(), Plugins.jdbc(), Plugins.transforms())
                            .withGroup("with")));
            assertThat(after).containsAll(before);
            after.removeAll(before);
            assertThat(after)
                    .allMatch(plugin -> plugin.contains(" io.towpath."))
                    .contains(
                            "source io.towpath.capture.ActivityCaptureConnector",
                            "sink io.towpath.jdbc.ExactlyOnceJdbcSinkConnector",
                            "transformation io.towpath.transforms.ToActivity");
        }
    }

    /** Kind and class of every plugin, after a check that ours tell the version that they were built with. */
    private static Set<String> offered(ConnectWorker worker) throws IOException {
        JsonNode plugins = new ObjectMapper()
                .readTree(URI.create(worker.url() + "/connector-plugins?connectorsOnly=false")
                        .toURL()
                        .openStream());
        Set<String> offered = new TreeSet<>();
        for (JsonNode plugin : plugins) {
            String name = plugin.get("class").asText();
            if (name.startsWith("io.towpath.")) {
                assertThat(plugin.get("version").asText()).as(name).matches("\\d+\\.\\d+\\.\\d+.*");
            }
            offered.add(plugin.get("type").asText() + " " + name);
        }
        return offered;
    }
}
