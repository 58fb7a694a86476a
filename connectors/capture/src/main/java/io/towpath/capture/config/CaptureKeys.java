package io.towpath.capture.config;

import io.towpath.activity.rule.RuleKeys;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The definitions of the keys of {@link CaptureConfig}: types, defaults, bounds and what they mean. */
final class CaptureKeys {

    private static final String GROUP = "Capture";

    private CaptureKeys() {}

    static ConfigDef def() {
        Keys keys = new Keys(new ConfigDef());
        keys.add(
                DatabaseConfig.DATABASES,
                ConfigDef.Type.LIST,
                ConfigDef.NO_DEFAULT_VALUE,
                ConfigDef.LambdaValidator.with(CaptureKeys::atLeastOne, () -> "one name or more"),
                "Names of the captured databases. Each has its keys below databases.NAME.");
        keys.add(
                CaptureConfig.TOPIC,
                ConfigDef.Type.STRING,
                "activity",
                new ConfigDef.NonEmptyString(),
                "Topic of the activities.");
        keys.add(
                CaptureConfig.DELIVERY,
                ConfigDef.Type.STRING,
                Delivery.EXACTLY_ONCE.word(),
                ValidString.in(Delivery.words().toArray(String[]::new)),
                "exactly-once needs a worker with exactly.once.source.support=enabled and transaction.boundary=connector"
                        + " in this config; at-least-once may repeat an activity, with the same id;"
                        + " best-effort is the same with producer.override.acks=1: faster, and what a failing broker loses"
                        + " stays lost.");
        keys.add(
                CaptureConfig.ON_DATABASE_FAILURE,
                ConfigDef.Type.STRING,
                "retry",
                ValidString.in(FailurePolicy.words().toArray(String[]::new)),
                "retry: a database that cannot be read is tried again, the others go on. fail: the task fails.");
        keys.add(
                CaptureConfig.ON_DATABASE_REMOVED,
                ConfigDef.Type.STRING,
                "keep",
                ValidString.in(RemovedPolicy.words().toArray(String[]::new)),
                "What becomes of the slot of a database that is taken out of the list databases while its keys stay in the"
                        + " config. keep: it stays, and so does the log that it holds; a WARN names the statement that drops"
                        + " it. drop: it is dropped. Then take out the keys.");
        keys.add(
                CaptureConfig.ON_BAD_CHANGE,
                ConfigDef.Type.STRING,
                "fail",
                ValidString.in(BadChangePolicy.words().toArray(String[]::new)),
                "What to do with a change that lacks what a rule must know, e.g. a message that is no JSON. fail: the task"
                        + " fails, with the rule and the log position; nothing is lost. skip: the change becomes no"
                        + " activity; it is counted and its position is logged.");
        keys.add(
                CaptureConfig.SNAPSHOT,
                ConfigDef.Type.STRING,
                "none",
                ValidString.in(SnapshotMode.words().toArray(String[]::new)),
                "Rows that were there before capture began. none: none. initial: those of consent tables and of tables with a"
                        + " rule on snapshot; at least once, whatever delivery says, a repeat with the same id, and a row that"
                        + " changes meanwhile also as that change. consent-only: those of consent tables.");
        keys.add(
                CaptureConfig.MAX_RECORDS,
                ConfigDef.Type.INT,
                20_000,
                Range.atLeast(1),
                "Most activities in one Kafka transaction.");
        keys.add(
                CaptureConfig.MAX_MS,
                ConfigDef.Type.INT,
                200,
                Range.between(0, 10_000),
                "Longest a Kafka transaction gathers, in ms.");
        keys.add(
                CaptureConfig.PROGRESS_TOPIC,
                ConfigDef.Type.STRING,
                null,
                null,
                "Compacted topic that takes a database's log position when no activity carries it."
                        + " Default: towpath-CONNECTOR-progress.");
        keys.add(
                CaptureConfig.PROGRESS_INTERVAL,
                ConfigDef.Type.LONG,
                5_000L,
                Range.atLeast(100),
                "Time between two such positions, in ms.");
        keys.add(
                CaptureConfig.HEARTBEAT_INTERVAL,
                ConfigDef.Type.INT,
                10_000,
                Range.atLeast(0),
                "Time between two messages that keep an idle database's log position moving, in ms; 0 for none.");
        keys.add(
                CaptureConfig.CONTEXT_PREFIX,
                ConfigDef.Type.STRING,
                null,
                null,
                "Prefix of the transactional message, a JSON object, with which an application says at the start of a"
                        + " transaction who acts. Default: none.");
        keys.add(
                CaptureConfig.CONTEXT_FIELDS,
                ConfigDef.Type.LIST,
                CaptureConfig.DEFAULT_CONTEXT_FIELDS,
                null,
                "Fields of that message that are joined to each activity of the transaction: actor where the rule names"
                        + " none, the others to context.");
        keys.add(
                CaptureConfig.KAFKA_BOOTSTRAP_SERVERS,
                ConfigDef.Type.STRING,
                null,
                null,
                "Kafka as capture itself reaches it, beside Connect: for the schema history of a MariaDB database, and for"
                        + " consent. Further client properties, e.g. for security, stand behind the same prefix kafka.");
        PrivacyConfig.define(keys.def);
        ConsentConfig.define(keys.def);
        return RuleKeys.define(keys.def, "Rules");
    }

    private static void atLeastOne(String key, Object value) {
        if (!(value instanceof List<?> names) || names.isEmpty()) {
            throw new ConfigException(key, value, "wanted: the name of at least one database");
        }
    }

    private static final class Keys {
        private final ConfigDef def;
        private int order;

        Keys(ConfigDef def) {
            this.def = def;
        }

        void add(String key, ConfigDef.Type type, Object byDefault, ConfigDef.Validator validator, String doc) {
            def.define(key, type, byDefault, validator, Importance.MEDIUM, doc, GROUP, ++order, Width.MEDIUM, key);
        }
    }
}
