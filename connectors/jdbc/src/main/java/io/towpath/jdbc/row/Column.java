package io.towpath.jdbc.row;

import io.towpath.jdbc.type.SqlKind;
import io.towpath.jdbc.type.ValueType;
import io.towpath.jdbc.type.ValueTypes;
import org.apache.kafka.connect.data.Schema;

/** One column of a {@link Shape}. */
public record Column(String name, ValueType type) {

    /** @param schema what the record says of the column; null for a record without schemas */
    static Column of(String name, Schema schema) {
        return new Column(name, ValueTypes.of(schema));
    }

    /** Whether its values are whole numbers. */
    boolean isWhole() {
        return type.kind() == SqlKind.BIGINT || type.kind() == SqlKind.INTEGER || type.kind() == SqlKind.SMALLINT;
    }
}
