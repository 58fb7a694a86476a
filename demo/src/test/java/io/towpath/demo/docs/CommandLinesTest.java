package io.towpath.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.demo.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every command that a page names is one, with options that there are: also those in the text, which no runbook's test types. */
class CommandLinesTest {

    private static final Path HOME = Path.of(System.getProperty("towpath.home"));
    private static final Pattern IN_TEXT = Pattern.compile("`(?:\\./)?towpath ([^`]+)`");
    private static final Pattern IN_BLOCK = Pattern.compile("(?m)^(?:time )?(?:\\./)?towpath ([^\\n]+)");
    /** The launcher's own, which run Maven or a class path of their own. */
    private static final List<String> LAUNCHERS = List.of("trial", "bench");

    @Test
    void everyCommandThatAPageNamesIsUnderstood() throws IOException {
        List<String> commands =
                pages().flatMap(CommandLinesTest::commands).distinct().toList();
        assertThat(commands).hasSizeGreaterThan(50).allSatisfy(CommandLinesTest::assertUnderstood);
    }

    @Test
    void everyRunbookIsTyped() throws IOException {
        Path tests = HOME.resolve("dist/src/test/java/io/towpath/dist/runbook");
        String typed = text(tests.resolve("CaptureAndStoreIT.java")) + text(tests.resolve("MoveIT.java"));
        try (Stream<Path> runbooks = Files.list(HOME.resolve("docs/runbooks"))) {
            assertThat(runbooks.map(page -> page.getFileName().toString().replace(".md", ""))
                            .filter(name -> !name.equals("README")))
                    .hasSizeGreaterThan(7)
                    .allSatisfy(name -> assertThat(typed).contains("follow(\"" + name + "\")"));
        }
    }

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            return Stream.concat(
                    Stream.of("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md").map(HOME::resolve),
                    docs.filter(file -> file.toString().endsWith(".md")).toList().stream());
        }
    }

    private static Stream<String> commands(Path page) {
        String text = text(page).replace("\\\n", " ");
        return Stream.of(IN_TEXT, IN_BLOCK)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(found -> found.group(1)
                        .split("\\s#|\\s{2}|\\s\\|\\||\\s&&|[;>]", 2)[0]
                        .strip())
                .flatMap(CommandLinesTest::each)
                .filter(command ->
                        !command.matches("\\d.*") && LAUNCHERS.stream().noneMatch(command::startsWith));
    }

    /** {@code cutover\|rollback -f F} names two. */
    private static Stream<String> each(String command) {
        String[] words = command.split(" ", 2);
        String rest = words.length > 1 ? " " + words[1] : "";
        return Stream.of(words[0].split("\\\\\\|")).map(first -> first + rest);
    }

    private static void assertUnderstood(String command) {
        CommandLine towpath = Main.commandLine();
        collectErrors(towpath);
        String plain = command.replaceAll("[\\[\\]…]|\\\\\\|\\w+", " ")
                .replace("ROLE", "worker")
                .strip();
        List<Exception> wrong = new ArrayList<>();
        for (ParseResult parsed = towpath.parseArgs(plain.split("\\s+"));
                parsed != null;
                parsed = parsed.subcommand()) {
            wrong.addAll(parsed.errors());
        }
        assertThat(wrong).as("towpath " + command).noneMatch(UnmatchedArgumentException.class::isInstance);
    }

    private static void collectErrors(CommandLine command) {
        command.getCommandSpec().parser().collectErrors(true);
        command.getSubcommands().values().forEach(CommandLinesTest::collectErrors);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
