package io.towpath.transforms;

import io.towpath.transforms.gate.Conformance;
import io.towpath.transforms.gate.ContractFile;
import io.towpath.transforms.gate.Rule;
import io.towpath.transforms.gate.TopicGate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds each record's schema against a contract before it goes on. */
public abstract class SchemaGate<R extends ConnectRecord<R>> implements Transformation<R>, Monitorable {

    public static final String OVERVIEW =
            "Compares the schema of each record with a contract, by the rules of Avro's schema resolution and without a "
                    + "registry. The contract is a file with a Connect schema (as JsonConverter writes it), or else the last "
                    + "schema that was accepted on the record's topic; that one is kept in memory, so the first schema after a "
                    + "restart is taken as it comes: use a file where that is not enough. A record without a schema is held "
                    + "against the file, field by field; without a file it passes. Tombstones pass. Use "
                    + "SchemaGate$Value or SchemaGate$Key.";

    /** Says in a quarantined record why it is there. */
    public static final String HEADER = "towpath.schema.gate";

    static final String CONTRACT = "contract";
    static final String COMPATIBILITY = "compatibility";
    static final String ACTION = "action";
    static final String QUARANTINE_TOPIC = "quarantine.topic";

    public static final ConfigDef CONFIG = new ConfigDef()
            .define(
                    CONTRACT,
                    ConfigDef.Type.STRING,
                    null,
                    null,
                    ConfigDef.Importance.HIGH,
                    "File with the contract. Empty: the last schema accepted on the topic.",
                    "Contract",
                    1,
                    ConfigDef.Width.LONG,
                    "Contract")
            .define(
                    COMPATIBILITY,
                    ConfigDef.Type.STRING,
                    "BACKWARD",
                    ConfigDef.ValidString.in("BACKWARD", "FORWARD", "FULL"),
                    ConfigDef.Importance.HIGH,
                    "BACKWARD: readers of the record's schema can read what was written under the contract. FORWARD: readers "
                            + "of the contract can read the record. FULL: both.",
                    "Contract",
                    2,
                    ConfigDef.Width.SHORT,
                    "Compatibility")
            .define(
                    ACTION,
                    ConfigDef.Type.STRING,
                    "fail",
                    ConfigDef.ValidString.in("fail", "quarantine", "pass"),
                    ConfigDef.Importance.HIGH,
                    "What happens to a record that breaks the rule. fail: an error, for errors.tolerance and the "
                            + "dead-letter queue. quarantine: it goes to quarantine.topic with the reason in the header "
                            + HEADER + ". pass: it goes on, is counted, and is logged once per finding.",
                    "Action",
                    1,
                    ConfigDef.Width.SHORT,
                    "Action")
            .define(
                    QUARANTINE_TOPIC,
                    ConfigDef.Type.STRING,
                    null,
                    null,
                    ConfigDef.Importance.MEDIUM,
                    "Topic for quarantined records; needed by action=quarantine.",
                    "Action",
                    2,
                    ConfigDef.Width.MEDIUM,
                    "Quarantine topic");

    private static final Logger LOG = LoggerFactory.getLogger(SchemaGate.class);
    private static final int TOPICS = 256;
    private static final int LOGGED = 64;

    private final Count refused = new Count("refused-total", "Records that broke the rule");
    private final Map<String, TopicGate> gates = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TopicGate> eldest) {
            return size() > TOPICS;
        }
    };

    private final Set<String> logged = new HashSet<>();
    private Rule rule;
    private Action action;
    private Schema contract;
    private String quarantine;
    private String lastTopic;
    private TopicGate lastGate;

    private enum Action {
        FAIL,
        QUARANTINE,
        PASS
    }

    /** Guards record values. */
    public static final class Value<R extends ConnectRecord<R>> extends SchemaGate<R> {
        @Override
        Schema schema(R record) {
            return record.valueSchema();
        }

        @Override
        Object part(R record) {
            return record.value();
        }
    }

    /** Guards record keys. */
    public static final class Key<R extends ConnectRecord<R>> extends SchemaGate<R> {
        @Override
        Schema schema(R record) {
            return record.keySchema();
        }

        @Override
        Object part(R record) {
            return record.key();
        }
    }

    abstract Schema schema(R record);

    abstract Object part(R record);

    @Override
    public void configure(Map<String, ?> config) {
        AbstractConfig parsed = new AbstractConfig(CONFIG, config, false);
        rule = Rule.valueOf(parsed.getString(COMPATIBILITY));
        action = Action.valueOf(parsed.getString(ACTION).toUpperCase(Locale.ROOT));
        quarantine = parsed.getString(QUARANTINE_TOPIC);
        if (action == Action.QUARANTINE && (quarantine == null || quarantine.isBlank())) {
            throw new ConfigException(QUARANTINE_TOPIC, quarantine, "wanted a topic, since action is quarantine");
        }
        String file = parsed.getString(CONTRACT);
        contract = file == null || file.isBlank() ? null : ContractFile.read(CONTRACT, file.strip());
    }

    /** @throws DataException the record breaks the rule and {@code action} is {@code fail}; names topic, field and rule */
    @Override
    public R apply(R record) {
        Object part = part(record);
        if (part == null) {
            return record;
        }
        Schema schema = schema(record);
        Optional<String> broken = schema != null
                ? gate(record.topic()).verdict(schema)
                : contract == null ? Optional.empty() : Conformance.broken(contract, part);
        return broken.isEmpty() ? record : refuse(record, broken.get());
    }

    private R refuse(R record, String why) {
        refused.add();
        String sentence = "topic " + record.topic() + ": " + why;
        switch (action) {
            case FAIL -> throw new DataException(sentence);
            case PASS -> {
                if (logged.size() < LOGGED && logged.add(sentence)) {
                    LOG.warn("{}; it passes, since action=pass", sentence);
                }
                return record;
            }
            default -> {
                Headers headers = record.headers().duplicate().addString(HEADER, sentence);
                return record.newRecord(
                        quarantine,
                        null,
                        record.keySchema(),
                        record.key(),
                        record.valueSchema(),
                        record.value(),
                        record.timestamp(),
                        headers);
            }
        }
    }

    private TopicGate gate(String topic) {
        if (lastGate == null || !topic.equals(lastTopic)) {
            lastGate = gates.computeIfAbsent(topic, name -> new TopicGate(rule, contract));
            lastTopic = topic;
        }
        return lastGate;
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        Count.show(metrics, refused);
    }

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public String version() {
        return Version.THIS;
    }

    @Override
    public void close() {
        gates.clear();
        lastGate = null;
        logged.clear();
    }
}
