package io.towpath.capture.config;

import io.towpath.activity.Change;
import io.towpath.activity.rule.Rule;
import io.towpath.activity.rule.RuleKeys;
import io.towpath.activity.rule.RuleSet;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * What capture may be told.
 *
 * @param connector the connector's name
 * @param topic of the activities
 * @param removed what is no longer captured; only in the config of the task that looks after it
 * @param batch what one Kafka transaction gathers
 * @param progress where the log position goes when no activity carries it
 * @param context what applications say of a transaction
 * @param privacy what may not leave as it is
 * @param consent whose activities may leave; null where nobody is asked
 * @param kafka client properties with which capture itself reaches Kafka, without their prefix
 */
public record CaptureConfig(
        String connector,
        String topic,
        List<DatabaseConfig> databases,
        RuleSet rules,
        Delivery delivery,
        FailurePolicy onDatabaseFailure,
        Removed removed,
        BadChangePolicy onBadChange,
        SnapshotMode snapshot,
        Batch batch,
        Progress progress,
        Context context,
        PrivacyConfig privacy,
        ConsentConfig consent,
        Map<String, String> kafka) {

    public static final String TOPIC = "topic";
    public static final String DELIVERY = "delivery";
    public static final String ON_DATABASE_FAILURE = "capture.on.database.failure";
    public static final String ON_DATABASE_REMOVED = "capture.on.database.removed";
    public static final String SNAPSHOT = "capture.snapshot";
    public static final String ON_BAD_CHANGE = "capture.on.bad.change";
    public static final String MAX_RECORDS = "capture.transaction.max.records";
    public static final String MAX_MS = "capture.transaction.max.ms";
    public static final String PROGRESS_TOPIC = "progress.topic";
    public static final String PROGRESS_INTERVAL = "progress.interval.ms";
    public static final String CONTEXT_PREFIX = "context.message.prefix";
    public static final String CONTEXT_FIELDS = "context.fields";
    public static final String HEARTBEAT_INTERVAL = "heartbeat.interval.ms";

    /** Prefix of client properties with which capture reaches Kafka beside Connect: schema history, consent. */
    public static final String KAFKA = "kafka.";

    public static final String KAFKA_BOOTSTRAP_SERVERS = KAFKA + "bootstrap.servers";

    private static final String KAFKA_PRIVATE_KEY = KAFKA + "ssl.keystore.key";

    /** Which databases one task reads; set by the connector, not by the operator. */
    public static final String TASK_DATABASES = "capture.task.databases";

    static final List<String> DEFAULT_CONTEXT_FIELDS = List.of("actor", "request", "ip");

    /**
     * What one Kafka transaction gathers.
     *
     * @param maxRecords most activities, but for those of one change
     * @param maxWait from the first unit on
     */
    public record Batch(int maxRecords, Duration maxWait) {}

    /**
     * How the log position moves when no activity carries it.
     *
     * @param interval between two positions that no activity carries
     * @param heartbeat between two heartbeats in an idle database; zero for none
     */
    public record Progress(String topic, Duration interval, Duration heartbeat) {}

    /**
     * What applications say of a transaction.
     *
     * @param prefix of the messages that say it; null for none
     * @param fields of them that are joined to activities
     */
    public record Context(String prefix, List<String> fields) {}

    /** The keys that do not depend on the config; those of databases and rules come from {@link #def(Map)}. */
    public static ConfigDef def() {
        return CaptureKeys.def();
    }

    /** The keys of this config, with those of the databases and rules that it names. */
    public static ConfigDef def(Map<String, String> props) {
        ConfigDef def = def();
        String connector = props.getOrDefault("name", "capture");
        Stream.concat(names(props).stream(), DatabaseConfig.removed(props).stream())
                .forEach(name ->
                        DatabaseConfig.define(def, connector, name, EnumSet.of(DatabaseConfig.product(props, name))));
        PrivacyConfig.define(def, props);
        return RuleKeys.define(def, "Rules", RuleSet.names(props, ""));
    }

    /** Every key there is, for the documentation, with {@code name} as that of a database and of a rule. */
    public static ConfigDef reference(String name) {
        ConfigDef def = def();
        DatabaseConfig.define(def, "CONNECTOR", name, EnumSet.allOf(Product.class));
        DatabaseConfig.definePassedOn(def, name);
        return RuleKeys.define(def, "Rules", List.of(name));
    }

    /** The names in {@code databases}, right or wrong. */
    public static List<String> names(Map<String, String> props) {
        return Names.in(props, DatabaseConfig.DATABASES);
    }

    /** What is wrong between keys, by config key; what is wrong with one key by itself is in {@link #def(Map)}. */
    public static Map<String, String> mistakes(Map<String, String> props) {
        Map<String, String> mistakes = new TreeMap<>(RuleSet.parse(props, "").errors());
        mistakes.putAll(PrivacyConfig.mistakes(props));
        mistakes.putAll(ConsentConfig.mistakes(props));
        mistakes.putAll(snapshotMistakes(props));
        mistakes.putAll(DatabaseConfig.removalMistakes(props));
        List<String> withHistory = names(props).stream()
                .filter(name -> DatabaseConfig.product(props, name).binlog())
                .toList();
        if (!withHistory.isEmpty() && props.containsKey(KAFKA_PRIVATE_KEY)) {
            mistakes.put(
                    KAFKA_PRIVATE_KEY,
                    "is given, and Debezium logs it as it is where it keeps the history of a binlog's tables, wanted: a"
                            + " file, named by kafka.ssl.keystore.location");
        }
        if (props.getOrDefault(KAFKA_BOOTSTRAP_SERVERS, "").isBlank()) {
            withHistory.forEach(name -> mistakes.put(
                    KAFKA_BOOTSTRAP_SERVERS,
                    "none is given, and database " + name + " is read by its binlog, wanted: the brokers that hold the"
                            + " history of its tables, without which an older row of its log cannot be read"));
        }
        return mistakes;
    }

    private static Map<String, String> snapshotMistakes(Map<String, String> props) {
        String mode = props.getOrDefault(SNAPSHOT, SnapshotMode.NONE.word());
        boolean consent = names(props).stream()
                .anyMatch(name ->
                        !props.getOrDefault(ConsentConfig.key(props, name), "").isBlank());
        boolean rule = RuleSet.parse(props, "").rules().stream()
                .anyMatch(candidate -> candidate.on().contains(Change.Kind.SNAPSHOT));
        if (mode.equals(SnapshotMode.CONSENT_ONLY.word()) && !consent) {
            return Map.of(
                    SNAPSHOT, "given consent-only, and there is no consent table, wanted: consent.table, or none");
        }
        if (mode.equals(SnapshotMode.INITIAL.word()) && !consent && !rule) {
            return Map.of(
                    SNAPSHOT, "given initial, and no rule is on snapshot, wanted: rules.NAME.on=…,snapshot, or none");
        }
        return Map.of();
    }

    /**
     * The config in {@code props}.
     *
     * @throws ConfigException naming the first key that is wrong
     */
    public static CaptureConfig parse(Map<String, String> props) {
        mistakes(props).forEach((key, message) -> {
            throw new ConfigException(key + ": " + message);
        });
        RuleSet rules = RuleSet.parse(props, "");
        Map<String, Object> values = def(props).parse(props);
        String connector = props.getOrDefault("name", "capture");
        String progressTopic = (String) values.get(PROGRESS_TOPIC);
        return new CaptureConfig(
                connector,
                (String) values.get(TOPIC),
                names(props).stream()
                        .filter(name -> isOfThisTask(props, name))
                        .map(name -> DatabaseConfig.parse(values, props, name))
                        .toList(),
                rules,
                Delivery.of((String) values.get(DELIVERY)),
                FailurePolicy.of((String) values.get(ON_DATABASE_FAILURE)),
                new Removed(
                        RemovedPolicy.of((String) values.get(ON_DATABASE_REMOVED)),
                        DatabaseConfig.removed(props).stream()
                                .filter(name -> looksAfterOthers(props))
                                .map(name -> DatabaseConfig.parse(values, props, name))
                                .toList()),
                BadChangePolicy.of((String) values.get(ON_BAD_CHANGE)),
                SnapshotMode.of((String) values.get(SNAPSHOT)),
                new Batch((Integer) values.get(MAX_RECORDS), Duration.ofMillis((Integer) values.get(MAX_MS))),
                new Progress(
                        progressTopic == null ? "towpath-" + connector + "-progress" : progressTopic,
                        Duration.ofMillis((Long) values.get(PROGRESS_INTERVAL)),
                        Duration.ofMillis((Integer) values.get(HEARTBEAT_INTERVAL))),
                new Context((String) values.get(CONTEXT_PREFIX), contextFields(props)),
                PrivacyConfig.parse(props),
                ConsentConfig.parse(values, props, connector),
                kafka(props));
    }

    /** The tables of {@code database} whose changes are read. */
    public Set<String> tables(String database) {
        Set<String> tables = new HashSet<>();
        rules.rules().stream().map(Rule::table).filter(Objects::nonNull).forEach(tables::add);
        databases.stream()
                .filter(candidate -> candidate.name().equals(database))
                .map(DatabaseConfig::contextTable)
                .filter(Objects::nonNull)
                .forEach(tables::add);
        if (consent != null) {
            tables.add(consent.table(database));
        }
        return tables;
    }

    /** The tables of {@code database} whose rows are read before its log, in this order; consent comes first. */
    public Set<String> snapshotTables(String database) {
        Set<String> tables = new LinkedHashSet<>();
        if (snapshot != SnapshotMode.NONE && consent != null) {
            tables.add(consent.table(database));
        }
        if (snapshot == SnapshotMode.INITIAL) {
            rules.rules().stream()
                    .filter(rule -> rule.on().contains(Change.Kind.SNAPSHOT))
                    .map(Rule::table)
                    .filter(Objects::nonNull)
                    .forEach(tables::add);
        }
        return tables;
    }

    static Map<String, String> kafka(Map<String, String> props) {
        Map<String, String> kafka = new TreeMap<>();
        props.forEach((key, value) -> {
            if (key.startsWith(KAFKA)) {
                kafka.put(key.substring(KAFKA.length()), value);
            }
        });
        return Map.copyOf(kafka);
    }

    /** Without the clients' properties: they may hold secrets. */
    @Override
    public String toString() {
        return connector + " " + databases + " to " + topic;
    }

    private static List<String> contextFields(Map<String, String> props) {
        return props.containsKey(CONTEXT_FIELDS) ? Names.in(props, CONTEXT_FIELDS) : DEFAULT_CONTEXT_FIELDS;
    }

    private static boolean isOfThisTask(Map<String, String> props, String name) {
        String share = props.get(TASK_DATABASES);
        return share == null || List.of(share.split(",", -1)).contains(name);
    }

    /** The task with the first database looks after those that are no longer captured. */
    private static boolean looksAfterOthers(Map<String, String> props) {
        return names(props).stream()
                .findFirst()
                .filter(name -> isOfThisTask(props, name))
                .isPresent();
    }
}
