package io.towpath.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that people read hang together. */
class LinksTest {

    private static final Path HOME = Path.of(System.getProperty("towpath.home"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (Path page : pages()) {
            assertThat(links(page))
                    .as("links of %s", HOME.relativize(page))
                    .allSatisfy(target -> assertThat(target).exists());
        }
    }

    @Test
    void everyPageIsNamedByAnIndex() throws IOException {
        List<Path> named = new ArrayList<>(links(HOME.resolve("docs/README.md")));
        named.add(HOME.resolve("docs/README.md"));
        for (Path index : List.copyOf(named)) {
            if (index.endsWith("README.md")) {
                named.addAll(links(index));
            }
        }
        assertThat(pages().stream().filter(page -> page.startsWith(HOME.resolve("docs"))))
                .as("a page that neither docs/README.md nor its folder's names is not found")
                .isSubsetOf(named);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(HOME);
                Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** The files that a page's relative links name. */
    private static List<Path> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .filter(target -> !target.contains("://"))
                .map(target -> page.resolveSibling(target).normalize())
                .toList();
    }
}
