package io.towpath.activity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;

/**
 * Reads Debezium's change events: the envelope {@code before, after, source, op, ts_ms, transaction} of a row, and
 * {@code message {prefix, content}} of a logical message. With schemas or without.
 */
public final class ChangeReader {

    private final String system;
    private final String database;
    private TableName lastTable = new TableName("", "", "");

    /** Takes system and database from each event: the logical server name, and {@code source.db}. */
    public ChangeReader() {
        this(null, null);
    }

    /**
     * @param system identity of the database server, part of every activity's id; null: the event's logical server name
     * @param database name of the database as the operator knows it; null: the event's {@code source.db}
     */
    public ChangeReader(String system, String database) {
        this.system = system;
        this.database = database;
    }

    /**
     * The change in {@code record}; empty for everything that is none: tombstone, heartbeat, transaction metadata, schema
     * change, and records that Debezium did not write.
     *
     * @throws DataException the content of a logical message is text that is not base64
     */
    public Optional<Change> read(ConnectRecord<?> record) {
        Row envelope = Row.ofAny(record.value());
        if (envelope == null || !(envelope.get("op") instanceof String op)) {
            return Optional.empty();
        }
        Row source = Row.ofAny(envelope.get("source"));
        Change.Kind kind = kind(op);
        if (source == null || kind == null) {
            return Optional.empty();
        }
        Change.Origin origin = origin(source, envelope);
        Instant at = time(source, envelope);
        if (kind == Change.Kind.MESSAGE) {
            return message(Row.ofAny(envelope.get("message")), at, origin);
        }
        Row before = Row.ofAny(envelope.get("before"));
        Row after = Row.ofAny(envelope.get("after"));
        Row key = Row.ofAny(record.key());
        return Optional.of(new Change(kind, table(source), null, key, before, after, null, at, origin));
    }

    private static Optional<Change> message(Row message, Instant at, Change.Origin origin) {
        if (message == null || !(message.get("prefix") instanceof String prefix)) {
            return Optional.empty();
        }
        ByteBuffer content = bytes(message.get("content"));
        return Optional.of(new Change(Change.Kind.MESSAGE, null, prefix, null, null, null, content, at, origin));
    }

    private static Change.Kind kind(String op) {
        return switch (op) {
            case "c" -> Change.Kind.INSERT;
            case "u" -> Change.Kind.UPDATE;
            case "d" -> Change.Kind.DELETE;
            case "r" -> Change.Kind.SNAPSHOT;
            case "t" -> Change.Kind.TRUNCATE;
            case "m" -> Change.Kind.MESSAGE;
            default -> null;
        };
    }

    private Change.Origin origin(Row source, Row envelope) {
        Row transaction = Row.ofAny(envelope.get("transaction"));
        return new Change.Origin(
                system != null ? system : text(source.get("name")),
                database != null ? database : text(source.get("db")),
                transaction(source, transaction),
                position(source),
                transaction != null && transaction.get("total_order") instanceof Number order ? order.longValue() : 0);
    }

    private static String transaction(Row source, Row transaction) {
        Object id = source.get("txId");
        if (id == null) {
            id = source.get("gtid");
        }
        return text(id == null && transaction != null ? transaction.get("id") : id);
    }

    /** PostgreSQL: the LSN. Binlog: file, position and row within the event. */
    private static String position(Row source) {
        Object lsn = source.get("lsn");
        if (lsn != null || !source.has("pos")) {
            return text(lsn);
        }
        return source.get("file") + ":" + source.get("pos") + ":" + source.get("row");
    }

    /** {@code schema.table}, or {@code db.table} where the source has no schemas. Neighbours are mostly of one table. */
    private String table(Row source) {
        String schema = text(source.get(source.has("schema") ? "schema" : "db"));
        String table = text(source.get("table"));
        TableName last = lastTable;
        if (!last.is(schema, table)) {
            last = new TableName(schema, table, schema + "." + table);
            lastTable = last;
        }
        return last.text;
    }

    private static Instant time(Row source, Row envelope) {
        if (source.get("ts_us") instanceof Number micros && micros.longValue() != 0) {
            long value = micros.longValue();
            return Instant.ofEpochSecond(Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1_000L);
        }
        Object millis = source.get("ts_ms") instanceof Number n && n.longValue() != 0 ? n : envelope.get("ts_ms");
        return Instant.ofEpochMilli(millis instanceof Number number ? number.longValue() : 0);
    }

    private static ByteBuffer bytes(Object content) {
        if (content instanceof ByteBuffer buffer) {
            return buffer.asReadOnlyBuffer();
        }
        if (content instanceof byte[] array) {
            return ByteBuffer.wrap(array).asReadOnlyBuffer();
        }
        if (!(content instanceof String text)) {
            return ByteBuffer.allocate(0).asReadOnlyBuffer();
        }
        // the JSON converter without schemas, and binary.handling.mode=base64, write bytes as base64
        boolean json = text.startsWith("{");
        try {
            byte[] bytes = json
                    ? text.getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        } catch (IllegalArgumentException notBase64) {
            throw new DataException("content of a logical message is neither bytes, base64 nor a JSON object");
        }
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private record TableName(String schema, String table, String text) {
        boolean is(String otherSchema, String otherTable) {
            return Objects.equals(schema, otherSchema) && Objects.equals(table, otherTable);
        }
    }
}
