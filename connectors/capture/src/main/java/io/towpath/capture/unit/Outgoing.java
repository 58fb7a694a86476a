package io.towpath.capture.unit;

import org.apache.kafka.connect.data.Schema;
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
public record Outgoing(String topic, String key, Schema schema, Object value, Long timestamp, Headers headers) {}
