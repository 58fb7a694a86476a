package io.towpath.jdbc.type;

import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/**
 * The type of a column as the record tells it.
 *
 * @param schema the record's own; null for a record without schemas
 * @param text a value that is not null, as text: ISO 8601 for times (UTC), hexadecimal for bytes, JSON for nested
 *     values, zeros and ones for bits
 * @param micros of date and time, or of a point in time: the microseconds since 1970 UTC; its result is null where
 *     they do not say exactly the same as the text; null itself for anything else
 * @param element the type of an array's elements; null for anything else
 */
public record ValueType(
        SqlKind kind, Schema schema, Function<Object, String> text, Function<Object, Long> micros, ValueType element) {

    ValueType(SqlKind kind, Schema schema, Function<Object, String> text) {
        this(kind, schema, text, null, null);
    }
}
