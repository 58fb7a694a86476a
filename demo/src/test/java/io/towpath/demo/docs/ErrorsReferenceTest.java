package io.towpath.demo.docs;

import io.towpath.demo.docs.Sentences.Sentence;
import io.towpath.migration.cli.Towpath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md}: exit codes, and every sentence of the sources with which we refuse or fail. */
class ErrorsReferenceTest {

    private static final Path HOME = Path.of(System.getProperty("towpath.home"));
    private static final Path PAGE = HOME.resolve("docs/errors.md");

    /** What fails there is a WARN, and the records are not proven. */
    private static final Path NOT_TOLD = Path.of("proof/read/BrokerLink.java");

    private static final Map<String, String> ROOMS = new LinkedHashMap<>();

    private static final Pattern OURS = Pattern.compile("(?!Illegal|UncheckedIO)\\w*"
            + "(Input|Refused|Refusal|Failure|HalfWay|Superseded|Overtaken|Incomplete|Exception)|" + Sentences.DANGER);

    static {
        ROOMS.put("The job", "migration,cli");
        ROOMS.put("Capture", "connectors/capture");
        ROOMS.put("The JDBC sink", "connectors/jdbc");
        ROOMS.put("Transforms, rules and activities", "transforms,activity");
    }

    @Test
    void thePageHoldsEveryCodeAndEverySentence() throws IOException {
        String wanted = page();
        WrittenPage.assertIs(PAGE, wanted);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Exit codes and error sentences

                Written by the build from the sources. `…` stands for what is only known then: a name, a number, another party's words.

                ## Exit codes of `towpath`

                | code | what it means |
                |---|---|
                """);
        Towpath.commandLine()
                .getCommandSpec()
                .usageMessage()
                .exitCodeList()
                .forEach((code, meaning) -> page.append("| ")
                        .append(code)
                        .append(" | ")
                        .append(meaning)
                        .append(" |\n"));
        ROOMS.forEach((title, rooms) -> page.append("\n## ")
                .append(title)
                .append("\n\n| sentence | what happens |\n|---|---|\n")
                .append(rows(rooms, title.equals("The job"))));
        return page.toString();
    }

    private static String rows(String rooms, boolean job) {
        return Stream.of(rooms.split(","))
                .flatMap(room -> files(HOME.resolve(room).resolve("src/main/java/io/towpath")))
                .flatMap(file -> Sentences.in(text(file)).stream()
                        .filter(ErrorsReferenceTest::isForAnOperator)
                        .flatMap(sentence -> row(file, sentence, job).stream()))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining());
    }

    private static Optional<String> row(Path file, Sentence sentence, boolean job) {
        Optional<String> outcome = job ? Optional.of(Outcomes.inTheJob(sentence)) : Outcomes.inAPlugin(file, sentence);
        return outcome.map(becomes -> "| " + cell(sentence.text()) + " | " + becomes + " |\n");
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith(NOT_TOLD))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A programmer's mistake is no operator's business. */
    private static boolean isForAnOperator(Sentence sentence) {
        return sentence.thrown().isEmpty() || OURS.matcher(sentence.thrown()).matches();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(String text) {
        return text.replace("<", "&lt;").replace("|", "\\|");
    }
}
