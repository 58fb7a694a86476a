package io.towpath.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has an archive and no sources reads its pages to the end. */
class ArchiveLinksIT {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @TempDir
    private Path directory;

    @Test
    void everyLinkOfAPageLeadsToAFileInTheSameArchive() throws IOException {
        List<Path> archives = Stream.concat(Archives.PLUGINS.stream().map(Archives::plugin), Stream.of(Archives.job()))
                .toList();
        for (Path archive : archives) {
            Path root = Archives.unpack(archive, directory);
            List<String> pages = Archives.files(root).stream()
                    .filter(file -> file.endsWith(".md"))
                    .toList();
            assertThat(pages).as("pages of %s", archive).isNotEmpty();
            for (String page : pages) {
                assertLinksStayInside(root, root.resolve(page));
            }
        }
    }

    private static void assertLinksStayInside(Path root, Path page) throws IOException {
        List<Path> targets = LINK.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .filter(target -> !target.contains("://"))
                .map(target -> page.resolveSibling(target).normalize())
                .toList();
        assertThat(targets)
                .as("links of %s", root.getParent().relativize(page))
                .allSatisfy(target -> assertThat(target).exists().startsWith(root));
    }
}
