package io.towpath.demo.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people would argue about in review and a text search can tell. CONTRIBUTING.md gives the reasons. */
class HouseStyleTest {

    private static final int LONGEST_FILE = 400;
    private static final Pattern BANNED_NAME =
            Pattern.compile(".*(Utils?|Helpers?|Manager|Impl|Base|Common|Misc|Generic)\\.java");

    /** A word or call that main code may not have, and what to do instead. */
    private record Ban(String what, String pattern, String instead) {}

    private static final List<Ban> IN_MAIN = List.of(
            new Ban(
                    "Thread.sleep",
                    "Thread\\.sleep|TimeUnit\\.\\w+\\.sleep",
                    "wait for the thing itself, with a limit"),
            new Ban("the wall clock", "System\\.currentTimeMillis", "take a Clock in the constructor"),
            new Ban("printStackTrace", "printStackTrace", "log it with slf4j, or let it pass"),
            new Ban("catch Throwable", "catch \\((final )?Throwable", "catch what can be handled"),
            new Ban("a note to oneself", "\\b(TODO|FIXME|XXX)\\b", "do it, or file it"));

    private static final List<Ban> ANYWHERE = List.of(
            new Ban(
                    "a path of one machine",
                    "(^|[\\s\"'=(:])/(root|work|home/[a-z]\\w*|Users/\\w+)/",
                    "make it relative to the checkout, or take it from the system"),
            new Ban(
                    "a registry's address",
                    "https?://[^/\\s\"']*(artifactory|nexus|jfrog|mirror)|<(pluginR|r)epository>",
                    "registries belong to a machine's own settings"));

    @Test
    void noFileIsLongerThanAReaderHolds() {
        assertThat(Sources.java("src"))
                .allSatisfy(file -> assertThat(Sources.lines(file).count())
                        .as("lines of %s", Sources.HOME.relativize(file))
                        .isLessThanOrEqualTo(LONGEST_FILE));
    }

    @Test
    void everyClassIsNamedForWhatItIs() {
        assertThat(Sources.java("src"))
                .as("name the idea, not the drawer it lies in")
                .noneMatch(file ->
                        BANNED_NAME.matcher(file.getFileName().toString()).matches());
    }

    @TestFactory
    Stream<DynamicTest> mainCodeDoesWithout() {
        return IN_MAIN.stream().map(ban -> absent(ban, Sources.java("src/main/java")));
    }

    @TestFactory
    Stream<DynamicTest> noFileHolds() {
        List<Path> files = Sources.all().stream()
                .filter(file -> !file.endsWith("HouseStyleTest.java"))
                .filter(file -> file.toString()
                        .matches(".*(\\.(java|xml|ya?ml|json|md|sh|properties|sql|jte|txt)|towpath|run|"
                                + "Dockerfile|\\.config)"))
                .toList();
        return ANYWHERE.stream().map(ban -> absent(ban, files));
    }

    private static DynamicTest absent(Ban ban, List<Path> files) {
        Pattern pattern = Pattern.compile(ban.pattern());
        return DynamicTest.dynamicTest(
                ban.what(),
                () -> assertThat(files.stream()
                                .flatMap(Sources::lines)
                                .filter(line -> pattern.matcher(line.text()).find()))
                        .as("%s: %s", ban.what(), ban.instead())
                        .isEmpty());
    }
}
