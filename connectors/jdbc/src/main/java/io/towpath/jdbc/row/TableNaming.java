package io.towpath.jdbc.row;

import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Which table a record goes to: {@code collection.name.format} with its place holders filled. */
final class TableNaming {
    private static final String TOPIC = "${topic}";
    private static final String SCHEMA = "${source.schema}";
    private static final String TABLE = "${source.table}";

    private final String format;
    private final boolean ofSource;

    TableNaming(String format) {
        this.format = format;
        this.ofSource = format.contains(SCHEMA) || format.contains(TABLE);
    }

    /** @param source the {@code source} block of a change event; null for any other record */
    String table(SinkRecord record, Source source) {
        if (!format.contains("${")) {
            return format;
        }
        String name = format.replace(TOPIC, record.topic());
        if (!ofSource) {
            return name;
        }
        if (source == null) {
            throw new DataException("no change event, so " + format + " names no table, " + RowOp.where(record));
        }
        return name.replace(SCHEMA, source.schema()).replace(TABLE, source.table());
    }

    /** The table that a change event is about; {@code schema} is the database where the source has no schemas. */
    record Source(String schema, String table) {
        static Source of(Struct source) {
            String table = text(source, "table");
            String schema = text(source, "schema");
            return new Source(schema != null ? schema : text(source, "db"), table == null ? "" : table);
        }

        private static String text(Struct source, String field) {
            return source.schema().field(field) == null ? null : source.getString(field);
        }
    }
}
