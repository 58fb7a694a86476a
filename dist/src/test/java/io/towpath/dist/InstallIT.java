package io.towpath.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.local.ConnectWorker;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.local.process.Home;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unzipped into {@code plugin.path} is the whole install, beside a stock Debezium of another version. A foreign class
 * among ours would be a trap: an unversioned config takes the highest version on the plugin path, so it would upgrade
 * other teams' connectors.
 */
class InstallIT {

    private static final Path STOCK = Path.of("target/stock/debezium-connector-postgres");

    @TempDir
    private Path directory;

    private Path pluginPath;

    @BeforeEach
    void unzip() throws IOException {
        pluginPath = Files.createDirectories(directory.resolve("plugins"));
        for (String name : Archives.PLUGINS) {
            Archives.unpack(Archives.plugin(name), pluginPath);
        }
        Files.createSymbolicLink(pluginPath.resolve("debezium"), STOCK.toAbsolutePath());
    }

    @Test
    void aWorkerOffersOurOwnClassesAndLeavesDebeziumToItsOwners() throws IOException {
        try (Stack stack = Stack.embedded(directory.resolve("stack"))) {
            ConnectWorker worker = stack.connect("worker", stack.kafka("dc1", 1), WorkerSettings.of(pluginPath));
            Set<String> ours = new TreeSet<>();
            Set<String> debezium = new TreeSet<>();
            for (JsonNode plugin : plugins(worker)) {
                String name = plugin.get("class").asText();
                String version = plugin.path("version").asText();
                if (name.startsWith("io.towpath.")) {
                    assertThat(version).as(name).matches("\\d+\\.\\d+\\.\\d+.*");
                    ours.add(plugin.get("type").asText() + " " + name);
                } else if (name.startsWith("io.debezium.")) {
                    debezium.add(version);
                } else {
                    assertThat(name).startsWith("org.apache.kafka.");
                }
            }
            assertThat(ours)
                    .contains(
                            "source io.towpath.capture.ActivityCaptureConnector",
                            "sink io.towpath.jdbc.ExactlyOnceJdbcSinkConnector",
                            "converter io.towpath.jdbc.json.SchemaOnceJsonConverter",
                            "transformation io.towpath.transforms.ToActivity");
            assertThat(debezium)
                    .as("versions of Debezium on offer: the stock one's alone")
                    .containsExactly(System.getProperty("debezium.stock.version"));
        }
    }

    @Test
    void kafkasOwnPluginListNamesThemWithoutAWarning() {
        List<String> command = new ArrayList<>(List.of(
                Home.java(),
                "-cp",
                Home.classPathOf("kafka-4.3")
                        + File.pathSeparator
                        + Path.of("target/tools/*").toAbsolutePath(),
                "org.apache.kafka.tools.ConnectPluginPath",
                "list"));
        for (String name : Archives.PLUGINS) {
            command.add("--plugin-location");
            command.add(pluginPath
                    .resolve(Archives.plugin(name).getFileName().toString().replace(".zip", ""))
                    .toString());
        }
        Output output = Output.of(directory, command.toArray(String[]::new));
        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(output.text())
                .contains("io.towpath.capture.ActivityCaptureConnector", "io.towpath.transforms.predicates.HasConsent")
                .doesNotContainIgnoringCase("warn")
                .doesNotContain("io.debezium.");
        // the last two columns: loadable, and found through a service manifest
        assertThat(output.text().lines().filter(line -> line.startsWith("io.towpath.")))
                .isNotEmpty()
                .allMatch(line -> line.contains("true"))
                .noneMatch(line -> line.contains("false"));
    }

    private static JsonNode plugins(ConnectWorker worker) throws IOException {
        return new ObjectMapper()
                .readTree(URI.create(worker.url() + "/connector-plugins?connectorsOnly=false")
                        .toURL()
                        .openStream());
    }
}
