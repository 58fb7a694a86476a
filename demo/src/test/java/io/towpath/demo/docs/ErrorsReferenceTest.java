package io.towpath.demo.docs;

import io.towpath.demo.docs.Sentences.Sentence;
import io.towpath.migration.cli.Towpath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md}: exit codes, and every sentence of the sources with which we refuse or fail. */
class ErrorsReferenceTest {

    private static final Path HOME = Path.of(System.getProperty("towpath.home"));
    private static final Path PAGE = HOME.resolve("docs/errors.md");

    private static final Map<String, String> ROOMS = new LinkedHashMap<>();

    private static final Pattern OURS = Pattern.compile(
            "(?!Illegal|UncheckedIO)\\w*" + "(Input|Refused|Refusal|Failure|HalfWay|Superseded|Incomplete|Exception)");

    /** What becomes of a sentence's exception; in the job any other ends with exit code 3. */
    private static final Map<String, String> JOB = Map.of(
            "BadInput", "exit 1",
            "ClusterRefusal", "exit 1",
            "TypeConversionException", "exit 1",
            "IOException", "exit 1",
            "Refused", "exit 2",
            "Incomplete", "exit 2",
            "", "exit 1 or 2");

    private static final Map<String, String> PLUGIN = Map.of(
            "ConfigException", "connector refused",
            "", "connector refused, on its key",
            "ConnectException", "task fails",
            "DataException", "record refused",
            "Refused", "record refused",
            "SQLDataException", "record refused",
            "RetriableException", "tried again",
            "SQLTransientException", "tried again");

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
                .flatMap(room -> sentences(HOME.resolve(room).resolve("src/main/java/io/towpath")))
                .filter(sentence -> job || PLUGIN.containsKey(sentence.thrown()))
                .map(sentence -> "| " + cell(sentence.text()) + " | "
                        + (job ? JOB.getOrDefault(sentence.thrown(), "exit 3") : PLUGIN.get(sentence.thrown()))
                        + " |\n")
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining());
    }

    private static Stream<Sentence> sentences(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> Sentences.in(text(file)).stream())
                    .filter(ErrorsReferenceTest::isForAnOperator)
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
