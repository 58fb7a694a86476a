package io.towpath.jdbc.json;

import io.towpath.jdbc.Version;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;

/**
 * Kafka's {@link JsonConverter} for records that carry their schema, parsing each schema once and not with each record:
 * nine bytes of ten in a change event are its schema, the same every time. A schema is known again by its bytes, and the
 * payload behind it goes to a JsonConverter that has this schema as its {@code schema.content} (KIP-1054).
 *
 * <p>Invariant ({@code convertsAsKafkasDoes}): each result and each refusal is JsonConverter's own. What is not exactly
 * <code>{"schema":{…},"payload":…}</code> goes to it whole; on a worker without KIP-1054 (before 4.2) all does. Writing is
 * JsonConverter's.
 *
 * <p>For one thread, as a worker uses it.
 */
public final class SchemaOnceJsonConverter implements Converter, Versioned {

    private static final String SCHEMAS_ENABLE = "schemas.enable";

    /** Each has a JsonConverter with mappers of its own; a task has few topics, and a topic few versions. */
    private static final int MOST_SCHEMAS = 64;

    private final JsonConverter whole = new JsonConverter();
    private final Map<ByteBuffer, ParsedSchema> schemas = new LinkedHashMap<>(MOST_SCHEMAS, 0.75f, true);
    private final Map<String, ParsedSchema> lastOfTopic = new HashMap<>();
    private Map<String, Object> settings = Map.of();
    private boolean isKey;
    private boolean parsesOnce;

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
        parsesOnce = config().names().contains(ParsedSchema.SCHEMA_CONTENT)
                && configs.get(ParsedSchema.SCHEMA_CONTENT) == null
                && !"false".equalsIgnoreCase(String.valueOf(configs.get(SCHEMAS_ENABLE)));
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
        ParsedSchema known = schemas.get(opening);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ParsedSchema> parsed = ParsedSchema.parse(opening, settings, isKey);
        parsed.ifPresent(schema -> schemas.put(schema.opening(), schema));
        Iterator<ParsedSchema> eldestFirst = schemas.values().iterator();
        if (schemas.size() > MOST_SCHEMAS) {
            eldestFirst.next();
            eldestFirst.remove();
        }
        return parsed;
    }

    @Override
    public void close() {
        whole.close();
        schemas.values().forEach(ParsedSchema::close);
    }
}
