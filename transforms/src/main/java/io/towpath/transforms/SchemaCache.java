package io.towpath.transforms;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/**
 * What was worked out for a schema. Converters and connectors hand out the same object again and again, so identity is
 * asked first; equal schemas in other objects share one result.
 *
 * <p>Always: at most {@code 2 * bound} entries, whatever comes. Not for concurrent use.
 */
public final class SchemaCache<V> {

    private final int bound;
    private final Function<Schema, V> work;
    private final IdentityHashMap<Schema, V> byIdentity = new IdentityHashMap<>();
    private final Map<Schema, V> byEquality;
    private Schema last;
    private V lastResult;

    public SchemaCache(int bound, Function<Schema, V> work) {
        this.bound = bound;
        this.work = work;
        this.byEquality = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Schema, V> eldest) {
                return size() > bound;
            }
        };
    }

    public V get(Schema schema) {
        if (schema != last) {
            lastResult = find(schema);
            last = schema;
        }
        return lastResult;
    }

    private V find(Schema schema) {
        V result = byIdentity.get(schema);
        if (result == null) {
            result = byEquality.computeIfAbsent(schema, work);
            if (byIdentity.size() >= bound) {
                byIdentity.clear();
            }
            byIdentity.put(schema, result);
        }
        return result;
    }

    int size() {
        return byIdentity.size() + byEquality.size();
    }

    public void clear() {
        byIdentity.clear();
        byEquality.clear();
        last = null;
        lastResult = null;
    }
}
