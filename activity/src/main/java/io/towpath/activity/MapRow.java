package io.towpath.activity;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/** A row without a schema. */
record MapRow(Map<?, ?> map) implements Row {

    @Override
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        map.keySet().forEach(key -> columns.add(String.valueOf(key)));
        return columns;
    }

    @Override
    public Object get(String column) {
        return map.get(column);
    }

    @Override
    public Schema schema(String column) {
        return null;
    }

    @Override
    public boolean has(String column) {
        return map.containsKey(column);
    }
}
