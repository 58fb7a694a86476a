package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.connect.components.ConnectPlugin;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.junit.jupiter.api.Test;

class PluginsTest {

    /** A plugin that is missing from a manifest does not exist for a worker with plugin.discovery=service_load. */
    @Test
    void everyPluginIsInAManifest() throws IOException, ClassNotFoundException {
        Set<String> listed =
                plugins().stream().map(plugin -> plugin.getClass().getName()).collect(Collectors.toSet());
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name =
                        classes.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
                Class<?> type = Class.forName(name);
                boolean plugin = (Transformation.class.isAssignableFrom(type) || Predicate.class.isAssignableFrom(type))
                        && !java.lang.reflect.Modifier.isAbstract(type.getModifiers());
                assertThat(listed.contains(name)).as(name).isEqualTo(plugin);
            }
        }
    }

    @Test
    void versionsAreTheBuilds() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        for (ConnectPlugin plugin : plugins()) {
            assertThat(plugin.version()).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(pom).contains("<version>" + plugin.version() + "</version>");
        }
    }

    @Test
    void everyKeyIsDocumented() {
        for (ConnectPlugin plugin : plugins()) {
            plugin.config().configKeys().values().forEach(key -> {
                assertThat(key.documentation).as("%s %s", plugin, key.name).isNotBlank();
                assertThat(key.group).as("%s %s", plugin, key.name).isNotBlank();
                assertThat(key.displayName).as("%s %s", plugin, key.name).isNotBlank();
            });
        }
    }

    @Test
    void everyTransformCounts() {
        assertThat(plugins().stream().filter(Transformation.class::isInstance)).allMatch(Monitorable.class::isInstance);
    }

    private static List<ConnectPlugin> plugins() {
        return Stream.<ConnectPlugin>concat(
                        ServiceLoader.load(Transformation.class).stream()
                                .map(ServiceLoader.Provider::get)
                                .map(ConnectPlugin.class::cast),
                        ServiceLoader.load(Predicate.class).stream()
                                .map(ServiceLoader.Provider::get)
                                .map(ConnectPlugin.class::cast))
                .filter(plugin -> plugin.getClass().getName().startsWith("io.towpath."))
                .toList();
    }
}
