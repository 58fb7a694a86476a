package io.towpath.transforms.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One example for each plugin; it must come true, and stand in the docs as it is run. */
class ExamplesTest {

    private static final Path PAGE = Path.of(System.getProperty("towpath.home"), "docs", "transform-examples.md");

    /** The simple names in the service manifests. */
    static List<String> plugins() throws IOException {
        Path manifests = Path.of("src/main/resources/META-INF/services");
        String service = "org.apache.kafka.connect.transforms.";
        return Stream.concat(
                        Files.readAllLines(manifests.resolve(service + "Transformation")).stream(),
                        Files.readAllLines(manifests.resolve(service + "predicates.Predicate")).stream())
                .map(name -> name.substring(name.lastIndexOf('.') + 1).replaceAll("\\$.*", ""))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void theExampleComesTrue(String plugin) throws IOException, ReflectiveOperationException {
        Example example = read(plugin);
        Example.Chain chain = example.chain();
        for (Example.Step step : example.records()) {
            assertThat(chain.apply(step.given())).isEqualTo(step.then());
        }
    }

    @Test
    void thePageIsWhatIsRun() throws IOException {
        Map<String, Example> examples = new LinkedHashMap<>();
        for (String plugin : plugins()) {
            examples.put(plugin, read(plugin));
        }
        String wanted = ExamplesPage.of(examples);
        if ("true".equals(System.getProperty("update"))) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(PAGE)
                .as("written anew by: mvn -B verify -Dquick -Dupdate=true -pl transforms -am")
                .exists()
                .content()
                .isEqualTo(wanted);
    }

    private static Example read(String plugin) throws IOException {
        return Example.read(plugin.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
    }
}
