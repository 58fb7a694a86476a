package io.towpath.activity.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activity.Row;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/** The JSON content of a logical message, seen as a row. */
record JsonRow(JsonNode node) implements Row {

    @Override
    public Set<String> columns() {
        Set<String> names = new LinkedHashSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public Object get(String column) {
        return node.get(column);
    }

    @Override
    public Schema schema(String column) {
        return null;
    }

    @Override
    public boolean has(String column) {
        return node.has(column);
    }
}
