package io.towpath.transforms;

import io.towpath.activity.value.Scalar;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;

/** Spreads hot keys over several partitions; {@link UnsaltKey} undoes it. */
public final class SaltKey<R extends ConnectRecord<R>> implements Transformation<R>, Monitorable {

    public static final String OVERVIEW =
            "Spreads the records of listed hot keys over a bounded number of salted keys (7 becomes 7#0, 7#1, …), so that "
                    + "one busy customer does not fill one partition; UnsaltKey undoes it. Order: records of a hot key keep "
                    + "their order within one window and, with spread.by, one value of that field; records of different "
                    + "windows or different values may overtake each other. All other keys keep all their order. Not for "
                    + "compacted topics: up to `salts` records of a hot key stay, and a tombstone deletes one of them.";

    static final String KEYS = "keys";
    static final String FIELD = "field";
    static final String SALTS = "salts";
    static final String WINDOW = "window.ms";
    static final String SPREAD_BY = "spread.by";

    public static final ConfigDef CONFIG = new ConfigDef()
            .define(
                    KEYS,
                    ConfigDef.Type.LIST,
                    ConfigDef.NO_DEFAULT_VALUE,
                    null,
                    ConfigDef.Importance.HIGH,
                    "The hot keys, as text.",
                    "Keys",
                    1,
                    ConfigDef.Width.LONG,
                    "Hot keys")
            .define(
                    FIELD,
                    ConfigDef.Type.STRING,
                    null,
                    null,
                    ConfigDef.Importance.MEDIUM,
                    "The field of a struct or map key that is compared with keys. Empty: the only field of the key. A key "
                            + "without the field is not hot.",
                    "Keys",
                    2,
                    ConfigDef.Width.MEDIUM,
                    "Field of the key")
            .define(
                    SALTS,
                    ConfigDef.Type.INT,
                    8,
                    ConfigDef.Range.between(2, 1024),
                    ConfigDef.Importance.HIGH,
                    "Over how many salted keys each hot key is spread.",
                    "Salt",
                    1,
                    ConfigDef.Width.SHORT,
                    "Salts")
            .define(
                    WINDOW,
                    ConfigDef.Type.LONG,
                    1000L,
                    ConfigDef.Range.atLeast(0),
                    ConfigDef.Importance.MEDIUM,
                    "For how long the salt of a hot key stays, by the record's timestamp (the clock, where it has none). 0: "
                            + "for ever, then spread.by is needed.",
                    "Salt",
                    2,
                    ConfigDef.Width.SHORT,
                    "Window")
            .define(
                    SPREAD_BY,
                    ConfigDef.Type.STRING,
                    null,
                    null,
                    ConfigDef.Importance.MEDIUM,
                    "A field of the value, e.g. session.id, whose records stay together and in order within a window. "
                            + "Empty, or NULL in a record: the key's own salt of the window.",
                    "Salt",
                    3,
                    ConfigDef.Width.MEDIUM,
                    "Spread by");

    private final Count salted = new Count("salted-total", "Records whose key was salted");
    private final SaltedKeys form = new SaltedKeys();
    private final Map<String, String[]> saltedTexts = new HashMap<>();
    private final Clock clock;
    private int salts;
    private long window;
    private FieldReader keyField;
    private FieldReader spreadBy;

    public SaltKey() {
        this(Clock.systemUTC());
    }

    SaltKey(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure(Map<String, ?> config) {
        AbstractConfig parsed = new AbstractConfig(CONFIG, config, false);
        salts = parsed.getInt(SALTS);
        window = parsed.getLong(WINDOW);
        keyField = reader(FIELD, parsed.getString(FIELD));
        spreadBy = reader(SPREAD_BY, parsed.getString(SPREAD_BY));
        List<String> keys = parsed.getList(KEYS);
        if (keys.isEmpty()) {
            throw new ConfigException(KEYS, keys, "wanted the hot keys");
        }
        if (window == 0 && spreadBy == null) {
            throw new ConfigException(WINDOW, 0, "given without spread.by, wanted one of them to choose the salt by");
        }
        for (String key : keys) {
            String[] texts = new String[salts];
            for (int salt = 0; salt < salts; salt++) {
                texts[salt] = key + "#" + salt;
            }
            saltedTexts.put(key, texts);
        }
    }

    private static FieldReader reader(String key, String path) {
        return path == null || path.isBlank() ? null : new FieldReader(key, path);
    }

    @Override
    public R apply(R record) {
        Object key = record.key();
        String text = key == null ? null : text(record.keySchema(), key);
        String[] texts = text == null ? null : saltedTexts.get(text);
        if (texts == null || record.headers().lastWithName(SaltedKeys.HEADER) != null) {
            return record;
        }
        String description = SaltedKeys.describe(record.keySchema(), key, text);
        if (description == null) {
            return record;
        }
        salted.add();
        int salt = salt(record, text);
        SchemaAndValue now = form.salt(record.keySchema(), key, texts[salt], salt);
        Headers headers = record.headers().duplicate();
        headers.add(SaltedKeys.HEADER, description, Schema.STRING_SCHEMA);
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                now.schema(),
                now.value(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                headers);
    }

    /** What is compared with the list; null for a key that cannot be hot. */
    private String text(Schema schema, Object key) {
        if (key instanceof Struct struct && keyField == null) {
            List<Field> fields = struct.schema().fields();
            return fields.size() == 1
                    ? Scalar.text(struct.get(fields.get(0)), fields.get(0).schema())
                    : null;
        }
        if (key instanceof Map<?, ?> map && keyField == null) {
            return map.size() == 1 ? Scalar.text(map.values().iterator().next(), null) : null;
        }
        boolean container = key instanceof Struct || key instanceof Map;
        return container ? keyField.text(schema, key) : Scalar.text(key, schema);
    }

    private int salt(R record, String key) {
        String apart = spreadBy == null ? null : spreadBy.text(record.valueSchema(), record.value());
        long number = apart == null ? key.hashCode() : apart.hashCode();
        if (window > 0) {
            long at = record.timestamp() == null ? clock.millis() : record.timestamp();
            number += Math.floorDiv(at, window);
        }
        return (int) Math.floorMod(number, (long) salts);
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        Count.show(metrics, salted);
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
        form.close();
        saltedTexts.clear();
    }
}
