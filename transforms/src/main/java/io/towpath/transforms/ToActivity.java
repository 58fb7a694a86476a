package io.towpath.transforms;

import io.towpath.activity.Activity;
import io.towpath.activity.ActivitySchema;
import io.towpath.activity.Change;
import io.towpath.activity.ChangeReader;
import io.towpath.activity.CloudEvents;
import io.towpath.activity.rule.ActivityRules;
import io.towpath.activity.rule.RuleKeys;
import io.towpath.activity.rule.RuleSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;

/** Turns a change of a plain Debezium connector into an activity: the light variant of {@code ActivityCaptureConnector}. */
public final class ToActivity<R extends ConnectRecord<R>> implements Transformation<R>, Monitorable {

    public static final String OVERVIEW =
            "Turns each change event of a Debezium connector into an activity (schema io.towpath.activity.v1), by the first "
                    + "rule that takes it. The actor's id becomes the key, the CloudEvents attributes become headers ce_*. "
                    + "A record that no rule takes is dropped, and so is everything that is no change: tombstones, "
                    + "heartbeats, transaction metadata. Set provide.transaction.metadata=true on the connector: it numbers "
                    + "the changes, and without it rows of a table that has no key may share an id. "
                    + "Three things only ActivityCaptureConnector can do, because a transform sees one record at a time. "
                    + "Consent: it knows each actor's opt-outs in log order. Several activities of one change: a transform "
                    + "answers with one record or none. Offsets of dropped records: without exactly-once, Connect stores no "
                    + "offset for a record that a transform drops, while Debezium lets the database discard its log; a "
                    + "stream of which little is taken falls behind what it could be resumed from. Let the connector's "
                    + "heartbeats pass (IsHeartbeat, negated) to keep the offset moving.";

    static final String TOPIC = "topic";

    public static final ConfigDef CONFIG = RuleKeys.define(new ConfigDef(), "Rules")
            .define(
                    TOPIC,
                    ConfigDef.Type.STRING,
                    null,
                    null,
                    ConfigDef.Importance.MEDIUM,
                    "Topic that activities go to. Empty: the topic of the change.",
                    "Output",
                    1,
                    ConfigDef.Width.MEDIUM,
                    "Topic");

    private final Count made = new Count("activities-total", "Changes that became an activity");
    private final Count dropped = new Count("dropped-total", "Records that no rule took");
    private final ChangeReader reader = new ChangeReader();
    private ActivityRules rules;
    private String topic;

    @Override
    public void configure(Map<String, ?> config) {
        Map<String, String> texts = new HashMap<>();
        config.forEach((key, value) -> texts.put(key, value == null ? null : value.toString()));
        RuleSet set = RuleSet.parse(texts, "");
        if (!set.errors().isEmpty()) {
            throw new ConfigException(set.summary());
        }
        rules = new ActivityRules(set);
        String name = texts.get(TOPIC);
        topic = name == null || name.isBlank() ? null : name.strip();
    }

    /** @throws DataException the change lacks what a rule must know; the text holds no value of the record */
    @Override
    public R apply(R record) {
        Optional<Change> change = reader.read(record);
        Activity activity = change.isEmpty() ? null : rules.first(change.get()).orElse(null);
        if (activity == null) {
            dropped.add();
            return null;
        }
        made.add();
        Headers headers = record.headers().duplicate();
        CloudEvents.addTo(headers, activity);
        return record.newRecord(
                topic == null ? record.topic() : topic,
                record.kafkaPartition(),
                Schema.OPTIONAL_STRING_SCHEMA,
                activity.actor() == null ? null : activity.actor().id(),
                ActivitySchema.V1,
                ActivitySchema.toStruct(activity),
                record.timestamp(),
                headers);
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        Count.show(metrics, made, dropped);
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
        rules = null;
    }
}
