package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** A Debezium connector's records for table {@code public.items} (id, name, text), offsets counted by itself. */
final class Changes {
    static final String PLACEHOLDER = "__debezium_unavailable_value";

    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema ROW = SchemaBuilder.struct()
            .name("shop.public.items.Value")
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .field("text", Schema.OPTIONAL_STRING_SCHEMA)
            .optional()
            .build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("shop.public.items.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .build();

    private long offset;
    private long lsn;
    private String server = "shop";

    /** The next record stands at this log position of the source. */
    Changes at(long position) {
        lsn = position;
        return this;
    }

    /** Another incarnation of the source. */
    Changes of(String name) {
        server = name;
        return this;
    }

    SinkRecord create(long id, String name, String text) {
        return record(id, envelope("c").put("after", row(id, name, text)));
    }

    SinkRecord update(long id, String name, String text) {
        return record(id, envelope("u").put("after", row(id, name, text)));
    }

    SinkRecord delete(long id) {
        return record(id, envelope("d").put("before", row(id, null, null)));
    }

    SinkRecord tombstone(long id) {
        return Events.record(P0, offset++, KEY, new Struct(KEY).put("id", id), null, null);
    }

    SinkRecord truncate() {
        Struct value = envelope("t");
        return Events.record(P0, offset++, null, null, value.schema(), value);
    }

    /** The same as {@link #create}, as a JSON converter without schemas gives it. */
    SinkRecord schemaless(long id, String name) {
        Map<String, Object> value = Map.of(
                "op", "c",
                "source", Map.of("db", "shop", "schema", "public", "table", "items"),
                "after", Map.of("id", id, "name", name));
        return Events.record(P0, offset++, null, Map.of("id", id), null, value);
    }

    private SinkRecord record(long id, Struct value) {
        return Events.record(P0, offset++, KEY, new Struct(KEY).put("id", id), value.schema(), value);
    }

    private Struct envelope(String op) {
        return new Struct(ENVELOPE)
                .put("op", op)
                .put(
                        "source",
                        new Struct(SOURCE)
                                .put("connector", "postgresql")
                                .put("name", server)
                                .put("db", "shop")
                                .put("schema", "public")
                                .put("table", "items")
                                .put("lsn", lsn));
    }

    private static Struct row(long id, String name, String text) {
        return new Struct(ROW).put("id", id).put("name", name).put("text", text);
    }
}
