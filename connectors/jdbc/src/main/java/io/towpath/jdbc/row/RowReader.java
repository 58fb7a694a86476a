package io.towpath.jdbc.row;

import io.towpath.activity.ActivitySchema;
import io.towpath.activity.ActorErased;
import io.towpath.jdbc.config.ErasureConfig;
import io.towpath.jdbc.config.InsertMode;
import io.towpath.jdbc.config.SinkConfig;
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
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Turns a record into what it asks of a table: activities, flat rows and change events write, tombstones and delete
 * events delete. Not safe for use by several threads.
 */
public final class RowReader {
    /** Schemas that a topic may have at a time before what was worked out for them is forgotten. */
    private static final int REMEMBERED = 1_000;

    private static final Shape NO_SHAPE = new Shape(List.of(), List.of());
    private static final Schema NO_VALUE = SchemaBuilder.bytes().build();

    private final WriteConfig config;
    private final ErasureConfig erasure;
    private final EventReader events = new EventReader();
    private final KeyParts keys;
    private final VersionParts versions;
    private final TableNaming naming;
    private final Unavailable unavailable;
    private final IdentityHashMap<Schema, IdentityHashMap<Schema, Layout>> layouts = new IdentityHashMap<>();
    private final Map<List<Object>, Layout> schemaless = new HashMap<>();
    // Most records are laid out as the one before.
    private Schema lastImage;
    private Schema lastKey;
    private Layout lastLayout;

    public RowReader(SinkConfig sink) {
        this.config = sink.write();
        this.erasure = sink.erasure();
        this.versions = new VersionParts(sink.version());
        this.keys = new KeyParts(config);
        this.naming = new TableNaming(config.tableFormat());
        this.unavailable = new Unavailable(config.placeholder());
    }

    /**
     * What {@code record} asks for; empty when it asks for nothing, as a tombstone where deletes are off.
     *
     * @throws DataException when no row can be made of it; the message has coordinates and no payload
     */
    public Optional<RowOp> read(SinkRecord record) {
        if (record.value() == null) {
            return config.deletes() && versions.known(record)
                    ? Optional.of(delete(record, naming.table(record, null)))
                    : Optional.empty();
        }
        return events.read(record).flatMap(event -> read(record, event));
    }

    private Optional<RowOp> read(SinkRecord record, Event event) {
        if (event.kind() == RowOp.Kind.ERASE && erasure.enabled()) {
            return Optional.of(erasure(record, event));
        }
        String table = naming.table(record, event.source());
        return switch (event.kind()) {
            case WRITE, ERASE -> Optional.of(write(record, table, event));
            case DELETE -> config.deletes() ? Optional.of(delete(record, table)) : Optional.empty();
            case TRUNCATE ->
                config.truncates()
                        ? Optional.of(new RowOp(record, RowOp.Kind.TRUNCATE, table, null, null, null))
                        : Optional.empty();
        };
    }

    private RowOp write(SinkRecord record, String table, Event event) {
        Layout layout = layout(record, event);
        Object[] values = layout.values(record, event.image());
        for (int i = 0; i < values.length; i++) {
            if (unavailable.is(values[i])) {
                refuseCreated(record, event, layout.shape().columns().get(i).name());
                values[i] = RowOp.ABSENT;
            }
        }
        return op(record, RowOp.Kind.WRITE, table, layout.shape(), values);
    }

    /** Debezium makes a change of the key a delete and a create, and the old row's large value is not in the log. */
    private static void refuseCreated(SinkRecord record, Event event, String column) {
        if (event.created()) {
            throw new DataException("a new row without its value of column " + column
                    + ": a key was changed and the large value was not, so the source's log lacks it; wanted REPLICA"
                    + " IDENTITY FULL on such tables, " + RowOp.where(record));
        }
    }

    /** An erasure that is not understood stops: a dead letter would leave rows that must go. */
    private RowOp erasure(SinkRecord record, Event event) {
        try {
            Object[] names = ActorErased.names(((Struct) event.image()).getString("data"))
                    .toArray();
            String table = erasure.tables().isEmpty() ? naming.table(record, event.source()) : null;
            return new RowOp(record, RowOp.Kind.ERASE, table, keysOf(record, event), names, null);
        } catch (DataException cause) {
            throw new ConnectException(
                    "an erasure cannot be done: " + cause.getMessage() + "; mend it, or set " + ErasureConfig.ENABLED
                            + "=false and delete the rows yourself, " + RowOp.where(record),
                    cause);
        }
    }

    /** The event is no row of the table: where its record tells no key, the table's own does. */
    private Shape keysOf(SinkRecord record, Event event) {
        try {
            return layout(record, event).shape();
        } catch (DataException untold) {
            return NO_SHAPE;
        }
    }

    private RowOp delete(SinkRecord record, String table) {
        Layout layout = keyLayout(record);
        return op(record, RowOp.Kind.DELETE, table, layout.shape(), layout.values(record, null));
    }

    private RowOp op(SinkRecord record, RowOp.Kind kind, String table, Shape shape, Object[] values) {
        RowKey key = config.insertMode() == InsertMode.UPSERT ? RowKey.of(record, shape, values) : null;
        return new RowOp(record, kind, table, shape, values, key);
    }

    private Layout layout(SinkRecord record, Event event) {
        if (layouts.size() + schemaless.size() > REMEMBERED) {
            layouts.clear();
            schemaless.clear();
        }
        if (event.schema() != null) {
            if (event.schema() != lastImage || record.keySchema() != lastKey) {
                lastLayout = layouts.computeIfAbsent(event.schema(), schema -> new IdentityHashMap<>())
                        .computeIfAbsent(record.keySchema(), schema -> newLayout(record, partsOf(event.schema())));
                lastImage = event.schema();
                lastKey = record.keySchema();
            }
            return lastLayout;
        }
        Map<?, ?> map = (Map<?, ?>) event.image();
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
        return Layout.of(keys.of(record, image), image, versions.parts());
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
