package io.towpath.capture;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.config.Delivery;
import io.towpath.capture.config.UnknownKeys;
import io.towpath.capture.database.Catalog;
import io.towpath.capture.database.LiveCatalog;
import io.towpath.capture.reader.DelegateConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Finds every mistake in a config and puts it on the key to change: first each key by itself, then those that depend on
 * each other, then, if nothing was wrong, the live databases.
 */
final class CaptureCheck {

    private static final String BOUNDARY = "transaction.boundary";
    private static final String ACKS = "producer.override.acks";

    private final LiveCatalog live;

    /** @param live asks a database about itself and the named tables */
    CaptureCheck(LiveCatalog live) {
        this.live = live;
    }

    Config check(Map<String, String> props) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        CaptureConfig.def(props).validate(props).forEach(value -> values.put(value.name(), value));
        add(values, UnknownKeys.in(props));
        add(values, CaptureConfig.mistakes(props));
        if (!hasErrors(values)) {
            CaptureConfig config = CaptureConfig.parse(props);
            add(values, delivery(props, config));
            add(values, live(props, config));
            values.get(CaptureConfig.ON_DATABASE_REMOVED).recommendedValues(orphans(config));
        }
        return new Config(List.copyOf(values.values()));
    }

    /** What Connect itself must be told for the delivery that is asked for. */
    private static Map<String, String> delivery(Map<String, String> props, CaptureConfig config) {
        String boundary = props.getOrDefault(BOUNDARY, "poll");
        String acks = props.getOrDefault(ACKS, "all");
        if (config.delivery() == Delivery.EXACTLY_ONCE && !"connector".equals(boundary)) {
            return Map.of(
                    BOUNDARY,
                    "transaction.boundary is " + boundary + " and delivery is exactly-once, wanted:"
                            + " transaction.boundary=connector, so that a database transaction is stored whole;"
                            + " or delivery=at-least-once");
        }
        if (config.delivery() == Delivery.BEST_EFFORT && !"1".equals(acks)) {
            return Map.of(
                    ACKS,
                    "producer acks are " + acks + " and delivery is best-effort, wanted: producer.override.acks=1"
                            + " and producer.override.enable.idempotence=false; or delivery=at-least-once");
        }
        return Map.of();
    }

    private Map<String, String> live(Map<String, String> props, CaptureConfig config) {
        Map<String, String> errors = new LinkedHashMap<>();
        List<Catalog> answers = new ArrayList<>();
        Dialects dialects = new Dialects(null, Duration.ZERO); // asked for their keys alone
        for (DatabaseConfig database : config.databases()) {
            Set<String> tables = config.tables(database.name());
            errors.putAll(DelegateConfig.mistakes(config, database, dialects.of(database, config), tables));
            Catalog answer = live.read(database, tables);
            errors.putAll(answer.errors());
            context(database, answer)
                    .ifPresent(message -> errors.put(database.key(DatabaseConfig.CONTEXT_TABLE), message));
            answers.add(answer);
        }
        errors.putAll(new RuleCheck(config.rules().rules()).against(answers));
        if (config.consent() != null) {
            errors.putAll(new ConsentCheck(config, props).against(answers));
        }
        return errors;
    }

    /** Statements that would drop slots of this connector that no database of the config has. */
    private List<Object> orphans(CaptureConfig config) {
        Set<String> known = new HashSet<>();
        config.databases().forEach(database -> known.add(database.slot()));
        config.removed().databases().forEach(database -> known.add(database.slot()));
        String prefix = DatabaseConfig.slotPrefix(config.connector());
        Set<Object> statements = new LinkedHashSet<>();
        config.databases().forEach(database -> statements.addAll(live.orphans(database, prefix, known)));
        return List.copyOf(statements);
    }

    private static Optional<String> context(DatabaseConfig database, Catalog answer) {
        String table = database.contextTable();
        if (table == null || answer.tables() == null || answer.tables().containsKey(table)) {
            return Optional.empty();
        }
        return Optional.of("table " + table + " is not in database " + database.name() + ", wanted: "
                + (database.product().binlog() ? "database.table" : "schema.table") + " of one that is");
    }

    private static boolean hasErrors(Map<String, ConfigValue> values) {
        return values.values().stream().anyMatch(value -> !value.errorMessages().isEmpty());
    }

    private static void add(Map<String, ConfigValue> values, Map<String, String> errors) {
        errors.forEach((key, message) -> {
            ConfigValue value = values.computeIfAbsent(key, ConfigValue::new);
            if (!value.errorMessages().contains(message)) {
                value.addErrorMessage(message);
            }
        });
    }
}
