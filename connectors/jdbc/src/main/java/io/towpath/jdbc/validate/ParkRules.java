package io.towpath.jdbc.validate;

import io.towpath.jdbc.config.ErrorConfig;
import io.towpath.jdbc.config.ParkConfig;
import io.towpath.jdbc.config.PoisonKey;
import io.towpath.jdbc.config.SinkConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What parking needs of Connect's own keys: a dead-letter queue that tells coordinates, and a topic that is read. */
final class ParkRules {
    private static final Logger LOGGER = LoggerFactory.getLogger(ParkRules.class);
    private static final String QUEUE = "errors.deadletterqueue.topic.name";
    private static final String CONTEXT = "errors.deadletterqueue.context.headers.enable";
    private static final String TOLERANCE = "errors.tolerance";
    private static final String TOPICS = "topics";
    private static final String REGEX = "topics.regex";
    private static final String PARKS = ErrorConfig.POISON_KEY + "=park";

    private ParkRules() {}

    static List<Finding> broken(SinkConfig config, Map<String, String> given) {
        String redrive = config.park().redriveTopic();
        if (config.errors().poisonKey() != PoisonKey.PARK) {
            return redrive.isEmpty()
                    ? List.of()
                    : List.of(new Finding(
                            ParkConfig.REDRIVE_TOPIC,
                            redrive + " was given: it has a meaning with " + PARKS + " alone"));
        }
        List<Finding> findings = new ArrayList<>();
        if (given.getOrDefault(QUEUE, "").isBlank()) {
            findings.add(new Finding(QUEUE, "nothing was given: " + PARKS + " keeps its records there"));
        }
        wanted(given, CONTEXT, "true", "`towpath redrive` needs the coordinates that it writes", findings);
        wanted(given, TOLERANCE, "all", "Connect stops at the first refused record otherwise", findings);
        redrive(redrive, given, findings);
        warn(given);
        return findings;
    }

    private static void wanted(
            Map<String, String> given, String key, String value, String why, List<Finding> findings) {
        String found = given.getOrDefault(key, "").strip();
        if (!found.equalsIgnoreCase(value)) {
            findings.add(new Finding(
                    key, (found.isEmpty() ? "nothing" : found) + " was given: wanted " + value + ", as " + why));
        }
    }

    private static void redrive(String redrive, Map<String, String> given, List<Finding> findings) {
        if (redrive.isBlank()) {
            findings.add(new Finding(
                    ParkConfig.REDRIVE_TOPIC,
                    "nothing was given: " + PARKS + " wants the topic on which parked records come back"));
        } else if (redrive.equals(given.get(QUEUE))) {
            findings.add(new Finding(
                    ParkConfig.REDRIVE_TOPIC, redrive + " was given: wanted another topic than the dead-letter queue"));
        } else if (!subscribed(redrive, given)) {
            findings.add(new Finding(
                    given.getOrDefault(REGEX, "").isBlank() ? TOPICS : REGEX,
                    "does not read " + redrive + ", the topic of " + ParkConfig.REDRIVE_TOPIC
                            + ": name it here too, or parked records never come back"));
        }
    }

    private static boolean subscribed(String topic, Map<String, String> given) {
        boolean listed = List.of(given.getOrDefault(TOPICS, "").split("\\s*,\\s*")).stream()
                .anyMatch(name -> name.strip().equals(topic));
        try {
            String regex = given.getOrDefault(REGEX, "");
            return listed || (!regex.isBlank() && Pattern.matches(regex, topic));
        } catch (PatternSyntaxException connectSaysSo) {
            return true;
        }
    }

    /** A REST answer has no place for a warning. */
    private static void warn(Map<String, String> given) {
        LOGGER.warn(
                "Connector {}: with errors.tolerance=all a record that a converter or a transform refuses goes to the"
                        + " dead-letter queue without passing the sink: its key is not parked, and later records of it"
                        + " are written",
                given.getOrDefault("name", "without a name"));
    }
}
