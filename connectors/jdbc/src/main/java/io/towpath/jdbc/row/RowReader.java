package io.towpath.jdbc.row;

import io.towpath.activity.ActivitySchema;
import io.towpath.jdbc.config.WriteConfig;
import io.towpath.jdbc.row.Layout.Part;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Turns a record into what it asks of a table: an activity or a flat row is written, a tombstone deletes. Not safe for
 * use by several threads.
 */
public final class RowReader {
    /** Schemas that a topic may have at a time before what was worked out for them is forgotten. */
    private static final int REMEMBERED = 1_000;

    private static final Schema NO_VALUE = SchemaBuilder.bytes().build();

    private final WriteConfig config;
    private final KeyParts keys;
    private final TableNaming naming;
    private final IdentityHashMap<Schema, IdentityHashMap<Schema, Layout>> layouts = new IdentityHashMap<>();
    private final Map<List<Object>, Layout> schemaless = new HashMap<>();

    public RowReader(WriteConfig config) {
        this.config = config;
        this.keys = new KeyParts(config);
        this.naming = new TableNaming(config.tableFormat());
    }

    /**
     * What {@code record} asks for; empty when it asks for nothing, as a tombstone where deletes are off.
     *
     * @throws DataException when no row can be made of it; the message has coordinates and no payload
     */
    public Optional<RowOp> read(SinkRecord record) {
        Object value = record.value();
        if (value == null) {
            return tombstone(record);
        }
        if (!(value instanceof Struct) && !(value instanceof Map)) {
            throw new DataException("the value is a " + value.getClass().getSimpleName()
                    + ": wanted a row with named fields, " + RowOp.where(record));
        }
        Layout layout = layout(record, value);
        return Optional.of(new RowOp(
                record, RowOp.Kind.WRITE, naming.table(record, null), layout.shape(), layout.values(record, value)));
    }

    private Optional<RowOp> tombstone(SinkRecord record) {
        if (!config.deletes()) {
            return Optional.empty();
        }
        Layout layout = keyLayout(record);
        return Optional.of(new RowOp(
                record, RowOp.Kind.DELETE, naming.table(record, null), layout.shape(), layout.values(record, null)));
    }

    private Layout layout(SinkRecord record, Object image) {
        if (layouts.size() + schemaless.size() > REMEMBERED) {
            layouts.clear();
            schemaless.clear();
        }
        if (record.valueSchema() != null) {
            return layouts.computeIfAbsent(record.valueSchema(), schema -> new IdentityHashMap<>())
                    .computeIfAbsent(record.keySchema(), schema -> newLayout(record, partsOf(record.valueSchema())));
        }
        Map<?, ?> map = (Map<?, ?>) image;
        return schemaless.computeIfAbsent(
                List.of(names(map), keyNames(record)), names -> newLayout(record, ImageParts.of(map)));
    }

    private Layout keyLayout(SinkRecord record) {
        return record.keySchema() == null
                ? schemaless.computeIfAbsent(List.of(keyNames(record)), names -> newLayout(record, List.of()))
                : layouts.computeIfAbsent(NO_VALUE, schema -> new IdentityHashMap<>())
                        .computeIfAbsent(record.keySchema(), schema -> newLayout(record, List.of()));
    }

    private Layout newLayout(SinkRecord record, List<Part> image) {
        return Layout.of(keys.of(record, image), image);
    }

    private static List<Part> partsOf(Schema schema) {
        return ActivitySchema.NAME.equals(schema.name()) ? ImageParts.flattened(schema) : ImageParts.of(schema);
    }

    private static Object keyNames(SinkRecord record) {
        return record.key() instanceof Map<?, ?> map ? names(map) : record.key() == null ? "no key" : "a single value";
    }

    private static List<String> names(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).sorted().toList();
    }
}
