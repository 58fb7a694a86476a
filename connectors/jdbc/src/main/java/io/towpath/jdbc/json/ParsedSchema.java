package io.towpath.jdbc.json;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;

/** A schema that records open with, and Kafka's converter for the payloads behind it. */
final class ParsedSchema {

    /** JsonConverter's setting (KIP-1054, Connect 4.2): the schema of records that do not carry one. */
    static final String SCHEMA_CONTENT = "schema.content";

    private final byte[] opening;
    private final JsonConverter payloads;

    private ParsedSchema(byte[] opening, JsonConverter payloads) {
        this.opening = opening;
        this.payloads = payloads;
    }

    /**
     * Parses what a record opens with.
     *
     * @param settings JsonConverter's, as the operator gave them
     * @return empty for what is no schema: JsonConverter is to say so of the whole record
     */
    static Optional<ParsedSchema> parse(byte[] opening, Map<String, ?> settings, boolean isKey) {
        Map<String, Object> own = new HashMap<>(settings);
        JsonConverter payloads = new JsonConverter();
        try {
            own.put(SCHEMA_CONTENT, Envelope.schema(opening));
            payloads.configure(own, isKey);
            return Optional.of(new ParsedSchema(opening, payloads));
        } catch (DataException | CharacterCodingException noSchema) {
            return Optional.empty();
        }
    }

    boolean opens(byte[] record) {
        return record.length > opening.length && Arrays.equals(record, 0, opening.length, opening, 0, opening.length);
    }

    /** Empty when behind the payload there is more than the end of the record. */
    Optional<SchemaAndValue> convert(String topic, byte[] record) {
        return Envelope.closesAfterPayload(record, opening.length)
                ? Optional.of(
                        payloads.toConnectData(topic, Arrays.copyOfRange(record, opening.length, record.length - 1)))
                : Optional.empty();
    }
}
