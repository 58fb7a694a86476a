package io.towpath.transforms;

import io.towpath.activity.privacy.Pseudonyms;
import io.towpath.activity.privacy.Truncation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;

/** Replaces what names a person by a keyed pseudonym, and cuts addresses. */
public final class Pseudonymize<R extends ConnectRecord<R>> implements Transformation<R>, Monitorable {

    public static final String OVERVIEW =
            "Replaces fields that name a person by pseudonyms: HMAC-SHA-256 under a secret key, written as <key id>.<hash>, "
                    + "so that equal values stay equal and only the holder of the key can connect them with a person. IP and "
                    + "e-mail addresses can be cut to network and domain instead. Fields are named by their part: "
                    + "value.actor.id, key, key.id, header.NAME; a path goes through structs, maps, arrays and text that holds "
                    + "JSON. A field that is no text becomes text. NULL stays NULL.";

    static final String HMAC = "hmac";
    static final String TRUNCATE_IP = "truncate.ip";
    static final String TRUNCATE_EMAIL = "truncate.email";
    static final String MISSING = "missing";

    public static final ConfigDef CONFIG = new ConfigDef()
            .define(
                    HMAC,
                    ConfigDef.Type.LIST,
                    List.of(),
                    null,
                    ConfigDef.Importance.HIGH,
                    "Fields that become pseudonyms, e.g. value.actor.id, key.",
                    "Fields",
                    1,
                    ConfigDef.Width.LONG,
                    "Pseudonyms")
            .define(
                    TRUNCATE_IP,
                    ConfigDef.Type.LIST,
                    List.of(),
                    null,
                    ConfigDef.Importance.MEDIUM,
                    "Fields cut to their network: 192.0.2.0, 2001:db8:1::. What is no IP address becomes empty.",
                    "Fields",
                    2,
                    ConfigDef.Width.LONG,
                    "IP addresses")
            .define(
                    TRUNCATE_EMAIL,
                    ConfigDef.Type.LIST,
                    List.of(),
                    null,
                    ConfigDef.Importance.MEDIUM,
                    "Fields cut to the domain: @example.org. What is no address becomes empty.",
                    "Fields",
                    3,
                    ConfigDef.Width.LONG,
                    "E-mail addresses")
            .define(
                    MISSING,
                    ConfigDef.Type.STRING,
                    "fail",
                    ConfigDef.ValidString.in("fail", "ignore"),
                    ConfigDef.Importance.MEDIUM,
                    "What to do with a record that lacks a listed field: fail, since a misspelt name would let the field out, "
                            + "or ignore.",
                    "Fields",
                    4,
                    ConfigDef.Width.SHORT,
                    "Missing fields")
            .define(
                    PseudonymKeys.KEYS,
                    ConfigDef.Type.LIST,
                    List.of(),
                    null,
                    ConfigDef.Importance.HIGH,
                    "Ids of the keys, each with keys.ID.secret: at least 16 bytes, from a ConfigProvider such as "
                            + "${file:/run/secrets/pseudonyms:ID}. To rotate, add a key with keys.ID.from, a time as "
                            + "2026-01-01T00:00:00Z: records from then on get it, older ones (by record timestamp) keep theirs. "
                            + "One key has no time. Where records have no timestamp, the newest key is used.",
                    "Keys",
                    1,
                    ConfigDef.Width.LONG,
                    "Keys");

    private final Count rewritten = new Count("records-total", "Records whose fields were replaced");
    private final FieldTree headers = new FieldTree("header");
    private Rewriting key;
    private Rewriting value;
    private boolean missingIsAllowed;

    @Override
    public void configure(Map<String, ?> config) {
        AbstractConfig parsed = new AbstractConfig(CONFIG, config, false);
        missingIsAllowed = parsed.getString(MISSING).equals("ignore");
        RecordFields fields = new RecordFields(new FieldTree("key"), new FieldTree("value"), headers);
        List<String> hmac = parsed.getList(HMAC);
        if (!hmac.isEmpty()) {
            Pseudonyms pseudonyms = PseudonymKeys.read(config, parsed.getList(PseudonymKeys.KEYS));
            fields.put(HMAC, hmac, pseudonyms::of);
        }
        fields.put(TRUNCATE_IP, parsed.getList(TRUNCATE_IP), (text, at) -> Truncation.ip(text));
        fields.put(TRUNCATE_EMAIL, parsed.getList(TRUNCATE_EMAIL), (text, at) -> Truncation.email(text));
        if (fields.isEmpty()) {
            throw new ConfigException(HMAC, "", "given no field in hmac, truncate.ip or truncate.email, wanted one");
        }
        key = new Rewriting(fields.key(), missingIsAllowed);
        value = new Rewriting(fields.value(), missingIsAllowed);
    }

    /** @throws DataException a listed field is not there, and {@code missing} is {@code fail} */
    @Override
    public R apply(R record) {
        Instant at = record.timestamp() == null ? null : Instant.ofEpochMilli(record.timestamp());
        rewritten.add();
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                key.schema(record.keySchema()),
                key.value(record.keySchema(), record.key(), at),
                value.schema(record.valueSchema()),
                value.value(record.valueSchema(), record.value(), at),
                record.timestamp(),
                headers.isEmpty() ? record.headers() : headers(record.headers(), at));
    }

    private Headers headers(Headers all, Instant at) {
        for (FieldTree wanted : headers.children().values()) {
            if (!missingIsAllowed && all.lastWithName(wanted.path().substring("header.".length())) == null) {
                throw new DataException(
                        "the record has no " + wanted.path() + ": correct the list, or set missing=ignore");
            }
        }
        ConnectHeaders result = new ConnectHeaders();
        for (Header header : all) {
            FieldTree node = headers.child(header.key());
            if (node == null || header.value() == null) {
                result.add(header);
            } else {
                String text = io.towpath.activity.value.Scalar.text(header.value(), header.schema());
                result.addString(header.key(), node.change().of(text, at));
            }
        }
        return result;
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        Count.show(metrics, rewritten);
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
        if (key != null) {
            key.close();
            value.close();
        }
    }
}
