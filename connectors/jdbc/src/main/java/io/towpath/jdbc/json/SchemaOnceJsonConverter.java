package io.towpath.jdbc.json;

import io.towpath.jdbc.Version;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;

/**
 * Kafka's {@link JsonConverter} for records that carry their schema, parsing each schema once and not with each record:
 * most bytes of a change event are its schema, the same every time. A schema is known again by its bytes, and the
 * payload behind it goes to a JsonConverter that has this schema as its {@code schema.content} (KIP-1054).
 *
 * <p>Invariant ({@code convertsAsKafkasDoes}): each result and each refusal is that of a fresh JsonConverter. What is not
 * exactly <code>{"schema":{…},"payload":…}</code>, the payload an object, an array or a string, goes to it whole; on a worker
 * without KIP-1054 (before 4.2) all does. Writing is JsonConverter's.
 *
 * <p>For one thread, as a worker uses it.
 */
public final class SchemaOnceJsonConverter implements Converter, Versioned {

    private static final String SCHEMAS_ENABLE = "schemas.enable";
    private static final String CONFIG_PROVIDERS = "config.providers";

    /** Each has a JsonConverter with mappers of its own; a task has few topics, and a topic few versions. */
    private static final int MOST_SCHEMAS = 64;

    /** To parse a schema costs as much as some records. Where so many alternate, others go to JsonConverter meanwhile. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int MOST_TOPICS = 1_000;

    private final LongSupplier nanos;
    private final JsonConverter whole = new JsonConverter();
    // Empty: what a record opened with that is no schema.
    private Cache<ByteBuffer, Optional<ParsedSchema>> schemas = new LRUCache<>(MOST_SCHEMAS);
    private Cache<String, ParsedSchema> lastOfTopic = new LRUCache<>(MOST_TOPICS);
    private Map<String, Object> settings = Map.of();
    private boolean isKey;
    private boolean parsesOnce;
    private int parsed;
    private long parsedAt;

    public SchemaOnceJsonConverter() {
        this(System::nanoTime);
    }

    SchemaOnceJsonConverter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String version() {
        return Version.get();
    }

    /** JsonConverter's. */
    @Override
    public ConfigDef config() {
        return whole.config();
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        whole.configure(configs, isKey);
        this.settings = new HashMap<>(configs);
        this.isKey = isKey;
        schemas = new LRUCache<>(MOST_SCHEMAS);
        lastOfTopic = new LRUCache<>(MOST_TOPICS);
        parsed = 0;
        parsesOnce = config().names().contains(ParsedSchema.SCHEMA_CONTENT)
                && configs.get(ParsedSchema.SCHEMA_CONTENT) == null
                && configs.get(CONFIG_PROVIDERS) == null // they would look into schemas for what they provide
                && !"false"
                        .equalsIgnoreCase(
                                String.valueOf(configs.get(SCHEMAS_ENABLE)).trim());
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        return whole.fromConnectData(topic, schema, value);
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        return parsesOnce && value != null
                ? schemaOf(topic, value)
                        .flatMap(schema -> schema.convert(topic, value))
                        .orElseGet(() -> whole.toConnectData(topic, value))
                : whole.toConnectData(topic, value);
    }

    private Optional<ParsedSchema> schemaOf(String topic, byte[] value) {
        ParsedSchema last = lastOfTopic.get(topic);
        if (last != null && last.opens(value)) {
            return Optional.of(last);
        }
        Optional<ParsedSchema> schema = Envelope.opening(value).flatMap(this::schemaOf);
        schema.ifPresent(found -> lastOfTopic.put(topic, found));
        return schema;
    }

    private Optional<ParsedSchema> schemaOf(ByteBuffer opening) {
        Optional<ParsedSchema> known = schemas.get(opening);
        if (known != null) {
            return known;
        }
        long now = nanos.getAsLong();
        if (parsed >= MOST_SCHEMAS && now - parsedAt < PAUSE.toNanos()) {
            return Optional.empty();
        }
        byte[] own = new byte[opening.remaining()];
        opening.duplicate().get(own);
        Optional<ParsedSchema> schema = ParsedSchema.parse(own, settings, isKey);
        schemas.put(ByteBuffer.wrap(own), schema);
        parsed++;
        parsedAt = now;
        return schema;
    }

    @Override
    public void close() {
        whole.close(); // one for all: a JsonConverter has nothing open
    }
}
