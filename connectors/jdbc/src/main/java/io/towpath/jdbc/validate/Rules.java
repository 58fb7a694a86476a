package io.towpath.jdbc.validate;

import io.towpath.jdbc.config.ConnectionConfig;
import io.towpath.jdbc.config.InsertMode;
import io.towpath.jdbc.config.KeyMode;
import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.config.VersionConfig;
import io.towpath.jdbc.config.VersionSource;
import io.towpath.jdbc.config.WriteConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Rules over several keys, each with the key that the operator must change. */
final class Rules {
    private static final String POLL_INTERVAL = "consumer.override.max.poll.interval.ms";
    private static final long DEFAULT_POLL_INTERVAL = 300_000;

    private record Rule(String key, Predicate<SinkConfig> broken, String message) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    WriteConfig.KEY_MODE,
                    c -> upserts(c) && c.write().keyMode() == KeyMode.NONE,
                    "none was given: insert.mode=upsert wants a key, one of kafka, record_key, record_value,"
                            + " record_header"),
            new Rule(
                    WriteConfig.KEY_FIELDS,
                    c -> c.write().keyFields().isEmpty() && keyIn(c, KeyMode.RECORD_VALUE, KeyMode.RECORD_HEADER),
                    "nothing was given: primary.key.mode=record_value or record_header wants at least one name"),
            new Rule(
                    WriteConfig.DELETES,
                    c -> c.write().deletes() && !upserts(c),
                    "true was given: insert.mode=append keeps every record, wanted upsert"),
            new Rule(
                    WriteConfig.DELETES,
                    c -> c.write().deletes() && !keyIn(c, KeyMode.RECORD_KEY, KeyMode.RECORD_HEADER),
                    "true was given: a tombstone has no value, so primary.key.mode must be record_key or"
                            + " record_header"),
            new Rule(
                    WriteConfig.TRUNCATES,
                    c -> c.write().truncates() && !upserts(c),
                    "true was given: insert.mode=append keeps every record, wanted upsert"),
            new Rule(
                    VersionConfig.FROM,
                    c -> c.version().guards() && !upserts(c),
                    "a version was asked for: insert.mode=append replaces no row, wanted upsert or version.from=none"),
            new Rule(
                    VersionConfig.FROM,
                    c -> c.version().from() == VersionSource.FIELD && c.write().deletes(),
                    "field was given: a delete has no field, wanted position, header or kafka with delete.enabled=true"),
            new Rule(
                    VersionConfig.NAME,
                    c -> c.version().name().isEmpty()
                            && (c.version().from() == VersionSource.FIELD
                                    || c.version().from() == VersionSource.HEADER),
                    "nothing was given: version.from=field or header wants its name"));

    private static boolean upserts(SinkConfig config) {
        return config.write().insertMode() == InsertMode.UPSERT;
    }

    private static boolean keyIn(SinkConfig config, KeyMode... modes) {
        return List.of(modes).contains(config.write().keyMode());
    }

    private Rules() {}

    static List<Finding> broken(SinkConfig config, Map<String, String> given) {
        List<Finding> findings = new ArrayList<>();
        RULES.stream()
                .filter(rule -> rule.broken().test(config))
                .forEach(rule -> findings.add(new Finding(rule.key(), rule.message())));
        findings.addAll(ParkRules.broken(config, given));
        Duration poll = pollInterval(given);
        ConnectionConfig connection = config.connection();
        below(poll, ConnectionConfig.IDLE_TIMEOUT, connection.idleTimeout(), findings);
        below(poll, ConnectionConfig.LOCK_TIMEOUT, connection.lockTimeout(), findings);
        below(poll, ConnectionConfig.STATEMENT_TIMEOUT, connection.statementTimeout(), findings);
        return findings;
    }

    private static Duration pollInterval(Map<String, String> given) {
        String text = given.getOrDefault(POLL_INTERVAL, "").strip();
        boolean number = !text.isEmpty() && text.length() < 19 && text.chars().allMatch(Character::isDigit);
        return Duration.ofMillis(number ? Long.parseLong(text) : DEFAULT_POLL_INTERVAL);
    }

    private static void below(Duration poll, String key, Duration value, List<Finding> findings) {
        if (value.compareTo(poll) >= 0) {
            findings.add(new Finding(
                    key,
                    value.toMillis() + " was given: wanted less than the consumer's max.poll.interval.ms, "
                            + poll.toMillis() + " (" + POLL_INTERVAL + ")"));
        }
    }
}
