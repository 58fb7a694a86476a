package io.towpath.demo.docs;

import io.towpath.demo.docs.Sentences.Sentence;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What becomes of a sentence, by the exception that carries it and the place where it is thrown. */
final class Outcomes {

    /** In the job any other ends with exit code 3. */
    private static final Map<String, String> JOB = Map.of(
            "BadInput",
            "exit 1",
            "TypeConversionException",
            "exit 1",
            "IOException",
            "exit 1",
            "Refused",
            "exit 2",
            "Incomplete",
            "exit 2",
            Sentences.DANGER,
            "flow stopped, exit 3",
            "",
            "exit 1 or 2");

    private static final Map<String, String> PLUGIN = Map.of(
            "ConfigException", "connector refused",
            "", "connector refused, on its key",
            "ConnectException", "task fails",
            "Overtaken", "the task waits for its rebalance, then fails",
            "DataException", "record refused",
            "Refused", "record refused",
            "SQLDataException", "record refused",
            "RetriableException", "tried again",
            "SQLTransientException", "tried again");

    /** Places of capture, the first that fits: what its readers meet is tried again, unless the operator wants it otherwise. */
    private static final Map<String, String> CAPTURE = new LinkedHashMap<>();

    static {
        CAPTURE.put("(OffsetChange|\\w+/\\w+Catalog).java ConnectException", "change of offsets refused");
        CAPTURE.put("(reader/DatabaseReader|unit/Position).java ConnectException", "task fails");
        CAPTURE.put(
                "((reader|postgres|binlog|mariadb|mysql|unit)/\\w+|consent/ConsentLedger).java ConnectException",
                "database tried again (`reading` = 0); with capture.on.database.failure=fail task fails");
        CAPTURE.put("consent/\\w+.java DataException", "task fails");
        CAPTURE.put("\\S+ DataException", "task fails; with capture.on.bad.change=skip the change is left out");
    }

    private Outcomes() {}

    static String inTheJob(Sentence sentence) {
        return JOB.getOrDefault(sentence.thrown(), "exit 3");
    }

    /** Empty for what no operator sees. */
    static Optional<String> inAPlugin(Path file, Sentence sentence) {
        String place = file.toString().replace('\\', '/') + " " + sentence.thrown();
        return CAPTURE.entrySet().stream()
                .filter(entry -> place.matches(".*/io/towpath/capture/" + entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> Optional.ofNullable(PLUGIN.get(sentence.thrown())));
    }
}
