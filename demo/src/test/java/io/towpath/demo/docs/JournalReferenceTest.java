package io.towpath.demo.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.migration.journal.Entry;
import io.towpath.migration.journal.Lock;
import io.towpath.migration.journal.Passage;
import io.towpath.migration.journal.Segment;
import io.towpath.migration.journal.Standing;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/journal.md}: written from the journal's own records, and a journal that an earlier build has written. */
class JournalReferenceTest {

    private static final Path HOME = Path.of(System.getProperty("towpath.home"));
    private static final Path PAGE = HOME.resolve("docs/journal.md");
    private static final Path SOURCES = HOME.resolve("migration/src/main/java/io/towpath/migration/journal");
    private static final Path KEPT = HOME.resolve("migration/src/test/resources/kept");
    private static final List<Class<? extends Record>> FORMS =
            List.of(Standing.class, Passage.class, Entry.class, Segment.class, Lock.class);

    @Test
    void thePageHasEveryFieldOfEveryRecord() throws IOException {
        String wanted = page();
        WrittenPage.assertIs(PAGE, wanted);
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                # The journal

                Topic `towpath-NAME-journal`, on both clusters, compacted, one partition, written in transactions. Its record `standing`
                holds all that a migration knows of itself; `holder` says who writes. `towpath status` reads it for you. Format %d;
                a journal of another format is refused in words. Written by the build from the records in the code.
                """.formatted(Standing.FORMAT));
        for (Class<? extends Record> form : FORMS) {
            page.append(section(form));
        }
        ObjectMapper json = new ObjectMapper();
        return page.append("\n## An example\n\n```json\n")
                .append(json.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(json.readTree(KEPT.resolve("journal-" + Standing.FORMAT + ".json")
                                .toFile())))
                .append("\n```\n")
                .toString();
    }

    private static String section(Class<? extends Record> form) throws IOException {
        String source = Files.readString(SOURCES.resolve(form.getSimpleName() + ".java"));
        String comment = source.substring(source.indexOf("/**"), source.indexOf("public record"));
        StringBuilder section = new StringBuilder("\n## " + form.getSimpleName() + "\n\n" + words(summary(comment))
                + "\n\n| field | type | what it is |\n|---|---|---|\n");
        for (RecordComponent field : form.getRecordComponents()) {
            section.append("| `")
                    .append(field.getName())
                    .append("` | ")
                    .append(type(field))
                    .append(" | ")
                    .append(words(meaning(comment, field.getName())))
                    .append(" |\n");
        }
        return section.toString();
    }

    private static String summary(String comment) {
        return comment.substring(3).split("\\* <p>|\\* @param|\\*/", 2)[0];
    }

    /** The field's own words; its name has to do where there are none. */
    private static String meaning(String comment, String field) {
        Matcher found = Pattern.compile("@param " + field + "\\b(.*?)(?=@param|\\*/)", Pattern.DOTALL)
                .matcher(comment);
        return found.find() ? found.group(1) : "";
    }

    private static String words(String comment) {
        return comment.replaceAll("\\n\\s*\\*", " ")
                .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String type(RecordComponent field) {
        if (field.getType().isEnum()) {
            return Stream.of(field.getType().getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
        }
        return field.getGenericType()
                .getTypeName()
                .replaceAll("[a-z]+\\.|[A-Za-z]+\\$", "")
                .replace("<", "&lt;");
    }
}
