package io.towpath.capture.unit;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;

/**
 * A record to be, before it is known where in the log its unit ends.
 *
 * @param topic where to
 * @param key a string; null for none
 * @param schema of the value
 * @param value in {@code schema}
 * @param timestamp epoch milliseconds
 * @param headers null for none
 */
public record Outgoing(String topic, String key, Schema schema, Object value, Long timestamp, Headers headers) {

    /** Header of the activities of a transaction that is handed over in parts. */
    public static final String PART = "towpath_part";

    /** The same, marked as belonging to a transaction that is handed over in parts. */
    Outgoing asPart() {
        Headers marked = headers == null ? new ConnectHeaders() : headers.duplicate();
        return new Outgoing(topic, key, schema, value, timestamp, marked.addString(PART, "true"));
    }
}
