package io.towpath.jdbc.park;

import io.towpath.jdbc.type.ValueTypes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Names a record's key by its SHA-256: of one width whatever the key, and the table of the parked repeats no payload. */
final class ParkedKey {
    private ParkedKey() {}

    /** A record without a key has no order to keep: it has a name of its own. */
    static String of(SinkRecord record) {
        return record.key() == null
                ? digest(record.originalTopic()
                        + '/'
                        + record.originalKafkaPartition()
                        + '/'
                        + record.originalKafkaOffset())
                : digest(text(record.keySchema(), record.key()));
    }

    /** Of a key that is this text alone, as an activity's is its actor. */
    static String ofText(String key) {
        return digest(text(Schema.STRING_SCHEMA, key));
    }

    private static String text(Schema schema, Object key) {
        Object sorted = schema == null && key instanceof Map<?, ?> map ? new TreeMap<>(map) : key;
        return ValueTypes.of(schema).text().apply(sorted);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
