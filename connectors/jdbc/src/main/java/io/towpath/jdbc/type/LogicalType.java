package io.towpath.jdbc.type;

import java.util.function.Function;

/** What a named schema means: its kind, and its values as text. */
record LogicalType(SqlKind kind, Function<Object, String> text) {}
