package io.towpath.jdbc.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Which table a record goes to: {@code collection.name.format} with its place holders filled. */
final class TableNaming {
    private static final String TOPIC = "${topic}";
    private static final String SCHEMA = "${source.schema}";
    private static final String TABLE = "${source.table}";

    private final String format;
    private final boolean placeholders;
    private final boolean ofSource;
    private final Map<String, Source> lastOfTopic = new HashMap<>();

    TableNaming(String format) {
        this.format = format;
        this.placeholders = format.contains("${");
        this.ofSource = format.contains(SCHEMA) || format.contains(TABLE);
    }

    /**
     * Fills the place holders.
     *
     * @param block what a change event says of its source; null for any other record: a tombstone then goes where its
     *     topic's events went, or where Debezium's topic names ({@code prefix.schema.table}) say
     */
    String table(SinkRecord record, Object block) {
        if (!placeholders) {
            return format;
        }
        String name = format.replace(TOPIC, record.topic());
        if (!ofSource) {
            return name;
        }
        Source source = Source.ofAny(block);
        Source known = source;
        if (source != null) {
            lastOfTopic.put(record.topic(), source);
        } else if (record.value() == null) {
            known = lastOfTopic.computeIfAbsent(record.topic(), TableNaming::ofTopic);
        }
        if (known == null) {
            throw new DataException("no change event, so " + format + " names no table, " + RowOp.where(record));
        }
        return name.replace(SCHEMA, known.schema()).replace(TABLE, known.table());
    }

    private static Source ofTopic(String topic) {
        List<String> parts = List.of(topic.split("\\.", -1));
        int size = parts.size();
        return size < 3 ? null : new Source(parts.get(size - 2), parts.get(size - 1));
    }

    /** The table that a change event is about; {@code schema} is the database where the source has no schemas. */
    record Source(String schema, String table) {
        static Source ofAny(Object block) {
            if (block instanceof Struct struct) {
                return of(struct);
            }
            return block instanceof Map<?, ?> map ? of(map) : null;
        }

        static Source of(Struct source) {
            String table = text(source, "table");
            String schema = text(source, "schema");
            return new Source(schema != null ? schema : text(source, "db"), table == null ? "" : table);
        }

        static Source of(Map<?, ?> source) {
            Object schema = source.get("schema") != null ? source.get("schema") : source.get("db");
            return new Source(String.valueOf(schema), String.valueOf(source.get("table")));
        }

        private static String text(Struct source, String field) {
            return source.schema().field(field) == null ? null : source.getString(field);
        }
    }
}
