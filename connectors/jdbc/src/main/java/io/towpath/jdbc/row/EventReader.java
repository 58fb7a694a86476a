package io.towpath.jdbc.row;

import io.towpath.activity.ActivitySchema;
import io.towpath.activity.ActorErased;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Tells an activity, a Debezium change event and a flat row apart, with schemas or without. Not safe for use by several
 * threads.
 */
final class EventReader {
    private static final Set<String> ACTIVITY = Set.of("id", "type", "occurred_at", "source");
    private static final String ENVELOPE = ".Envelope";

    // Most records have the schema of the one before.
    private Schema lastSchema;
    private Envelope lastEnvelope;

    /** Where a change event's parts stand; null for those that it has not. */
    private record Envelope(Field op, Field source, Field after) {

        /** Null for another schema. */
        static Envelope of(Schema schema) {
            boolean is = schema.name() != null && schema.name().endsWith(ENVELOPE) && schema.field("op") != null;
            return is ? new Envelope(schema.field("op"), schema.field("source"), schema.field("after")) : null;
        }
    }

    /**
     * What a value that is not null says; empty when it is about no row, as a logical message.
     *
     * @throws DataException when it is none of the three; without the payload
     */
    Optional<Event> read(SinkRecord record) {
        if (record.value() instanceof Struct struct) {
            if (ActivitySchema.NAME.equals(struct.schema().name())) {
                return Optional.of(activity(struct));
            }
            Envelope envelope = envelope(struct.schema());
            return envelope == null
                    ? Optional.of(Event.write(struct, struct.schema(), null))
                    : change(record, struct, envelope);
        }
        if (record.value() instanceof Map<?, ?> map) {
            return read(record, map);
        }
        throw new DataException("the value is a " + record.value().getClass().getSimpleName()
                + ": wanted a row with named fields, " + RowOp.where(record));
    }

    private Envelope envelope(Schema schema) {
        if (schema != lastSchema) {
            lastEnvelope = Envelope.of(schema);
            lastSchema = schema;
        }
        return lastEnvelope;
    }

    private static Optional<Event> change(SinkRecord record, Struct event, Envelope envelope) {
        if (!(event.get(envelope.op()) instanceof String op)) {
            throw new DataException("a change event that does not say what it is, " + RowOp.where(record));
        }
        Object source = envelope.source() == null ? null : event.get(envelope.source());
        Object after = envelope.after() == null ? null : event.get(envelope.after());
        return event(record, op, after, after instanceof Struct row ? row.schema() : null, source);
    }

    private static Optional<Event> read(SinkRecord record, Map<?, ?> map) {
        if (map.keySet().containsAll(ACTIVITY) && map.get("source") instanceof Map) {
            return Optional.of(activity(activity(record, map)));
        }
        if (map.get("op") instanceof String op && map.get("source") instanceof Map<?, ?> source) {
            return event(record, op, map.get("after"), null, source);
        }
        return Optional.of(Event.write(map, null, null));
    }

    private static Event activity(Struct activity) {
        return ActorErased.TYPE.equals(activity.getString("type"))
                ? Event.erase(activity)
                : Event.write(activity, activity.schema(), null);
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys
    private static Struct activity(SinkRecord record, Map<?, ?> map) {
        try {
            return ActivitySchema.toStruct(ActivitySchema.fromMap((Map<String, ?>) map));
        } catch (DataException reason) {
            throw new DataException(reason.getMessage() + ", " + RowOp.where(record), reason);
        }
    }

    private static Optional<Event> event(SinkRecord record, String op, Object after, Schema schema, Object source) {
        return switch (op) {
            case "c", "r", "u" -> {
                if (after == null) {
                    throw new DataException("a change event without its new image, " + RowOp.where(record));
                }
                yield Optional.of(
                        op.equals("c") ? Event.create(after, schema, source) : Event.write(after, schema, source));
            }
            case "d" -> Optional.of(new Event(RowOp.Kind.DELETE, null, null, source, false));
            case "t" -> Optional.of(new Event(RowOp.Kind.TRUNCATE, null, null, source, false));
            default -> Optional.empty();
        };
    }
}
