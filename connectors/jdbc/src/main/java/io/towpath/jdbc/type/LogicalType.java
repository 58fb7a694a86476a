package io.towpath.jdbc.type;

import java.util.function.Function;

/** What a named schema means: its kind, and its values as text and, of times, as {@link ValueType#micros}. */
record LogicalType(SqlKind kind, Function<Object, String> text, Function<Object, Long> micros) {

    LogicalType(SqlKind kind, Function<Object, String> text) {
        this(kind, text, null);
    }
}
