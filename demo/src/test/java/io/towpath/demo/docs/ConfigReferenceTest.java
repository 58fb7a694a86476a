package io.towpath.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code docs/config}: written from the definitions that the plugins validate with, so that it cannot drift. */
class ConfigReferenceTest {

    private static final Path FOLDER = Path.of(System.getProperty("towpath.home"), "docs", "config");
    private static final String INDEX = "README.md";

    @TestFactory
    Stream<DynamicTest> thePageOfEachPluginIsWhatItChecksWith() {
        return PluginReference.all().stream()
                .map(plugin ->
                        DynamicTest.dynamicTest(plugin.page(), () -> assertWritten(plugin.page(), plugin.text())));
    }

    @Test
    void theIndexNamesThemAll() throws IOException {
        String rows = PluginReference.all().stream()
                .map(plugin -> "| [" + plugin.name() + "](" + plugin.page() + ") | " + plugin.kind() + " |\n")
                .collect(Collectors.joining());
        assertWritten(
                INDEX,
                "# Configuration reference\n\nEvery key of every plugin, written by the build from the definitions that the"
                        + " plugins check with.\n\n| plugin | kind |\n|---|---|\n" + rows);
    }

    @Test
    void noPageIsLeftOfAPluginThatIsGone() throws IOException {
        List<String> wanted =
                PluginReference.all().stream().map(PluginReference::page).collect(Collectors.toList());
        wanted.add(INDEX);
        try (Stream<Path> pages = Files.list(FOLDER)) {
            assertThat(pages.map(page -> page.getFileName().toString())).isSubsetOf(wanted);
        }
    }

    private static void assertWritten(String name, String wanted) throws IOException {
        WrittenPage.assertIs(FOLDER.resolve(name), wanted);
    }
}
