package io.towpath.activity;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * The wire form of an {@link Activity}: the Connect schema {@code io.towpath.activity.v1}, its one writer and its one
 * reader. Only a Struct with this schema passes between plugins, never a class.
 */
public final class ActivitySchema {

    /** Name of the schema, by which a record is known to be an activity. */
    public static final String NAME = "io.towpath.activity.v1";

    /** Header with the identity of the server in whose log {@code source.position} counts. */
    public static final String SYSTEM_HEADER = "towpath_system";

    private static final Schema ACTOR = SchemaBuilder.struct()
            .name(NAME + ".Actor")
            .field("id", Schema.STRING_SCHEMA)
            .field("kind", Schema.OPTIONAL_STRING_SCHEMA)
            .optional()
            .build();

    private static final Schema OBJECT = SchemaBuilder.struct()
            .name(NAME + ".Object")
            .field("type", Schema.STRING_SCHEMA)
            .field("id", Schema.OPTIONAL_STRING_SCHEMA)
            .optional()
            .build();

    private static final Schema SOURCE = SchemaBuilder.struct()
            .name(NAME + ".Source")
            .field("database", Schema.OPTIONAL_STRING_SCHEMA)
            .field("table", Schema.OPTIONAL_STRING_SCHEMA)
            .field("op", Schema.STRING_SCHEMA)
            .field("position", Schema.OPTIONAL_STRING_SCHEMA)
            .field("transaction", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private static final Schema CONSENT = SchemaBuilder.struct()
            .name(NAME + ".Consent")
            .field("basis", Schema.STRING_SCHEMA)
            .field("version", Schema.OPTIONAL_STRING_SCHEMA)
            .optional()
            .build();

    private static final Schema JSON = SchemaBuilder.string()
            .name("io.debezium.data.Json")
            .version(1)
            .optional()
            .build();

    /** The schema of an activity. Its form is pinned by a golden file: change it only by adding optional fields. */
    public static final Schema V1 = SchemaBuilder.struct()
            .name(NAME)
            .version(1)
            .field("id", Schema.STRING_SCHEMA)
            .field("type", Schema.STRING_SCHEMA)
            .field("actor", ACTOR)
            .field("object", OBJECT)
            .field("context", JSON)
            .field("data", JSON)
            .field("occurred_at", Timestamp.SCHEMA)
            .field("source", SOURCE)
            .field("consent", CONSENT)
            .build();

    /** Fields looked up once: {@code put} by name asks a map each time. */
    private static final Field[] FIELDS = V1.fields().toArray(new Field[0]);

    private static final Field[] OF_SOURCE = SOURCE.fields().toArray(new Field[0]);
    private static final Field[] OF_ACTOR = ACTOR.fields().toArray(new Field[0]);
    private static final Field[] OF_OBJECT = OBJECT.fields().toArray(new Field[0]);
    private static final Field[] OF_CONSENT = CONSENT.fields().toArray(new Field[0]);

    private ActivitySchema() {}

    public static Struct toStruct(Activity activity) {
        Activity.Actor actor = activity.actor();
        Activity.Thing object = activity.object();
        Activity.Consent consent = activity.consent();
        return new Struct(V1)
                .put(FIELDS[0], activity.id())
                .put(FIELDS[1], activity.type())
                .put(FIELDS[2], actor == null ? null : pair(ACTOR, OF_ACTOR, actor.id(), actor.kind()))
                .put(FIELDS[3], object == null ? null : pair(OBJECT, OF_OBJECT, object.type(), object.id()))
                .put(FIELDS[4], activity.context())
                .put(FIELDS[5], activity.data())
                .put(FIELDS[6], new Date(activity.occurredAt().toEpochMilli()))
                .put(FIELDS[7], source(activity.source()))
                .put(FIELDS[8], consent == null ? null : pair(CONSENT, OF_CONSENT, consent.basis(), consent.version()));
    }

    private static Struct source(Activity.Source source) {
        return new Struct(SOURCE)
                .put(OF_SOURCE[0], source.database())
                .put(OF_SOURCE[1], source.table())
                .put(OF_SOURCE[2], source.op())
                .put(OF_SOURCE[3], source.position())
                .put(OF_SOURCE[4], source.transaction());
    }

    private static Struct pair(Schema schema, Field[] fields, String first, String second) {
        return new Struct(schema).put(fields[0], first).put(fields[1], second);
    }

    /**
     * Reads the struct back; also one of an older or newer schema that still has the required fields.
     *
     * @throws DataException naming the field that is missing or of another type; never its value
     */
    public static Activity fromStruct(Struct struct) {
        return from(Row.of(struct));
    }

    /**
     * Reads an activity that went through a converter without schemas; {@code occurred_at} as milliseconds or ISO-8601.
     *
     * @throws DataException naming the field that is missing or of another type; never its value
     */
    public static Activity fromMap(Map<String, ?> map) {
        return from(Row.of(map));
    }

    private static Activity from(Row row) {
        Row actor = Row.ofAny(row.get("actor"));
        Row object = Row.ofAny(row.get("object"));
        Row consent = Row.ofAny(row.get("consent"));
        Row source = Row.ofAny(row.get("source"));
        if (source == null) {
            throw new DataException("activity without the field source");
        }
        return new Activity(
                required(row, "id"),
                required(row, "type"),
                actor == null ? null : new Activity.Actor(required(actor, "id"), optional(actor, "kind")),
                object == null ? null : new Activity.Thing(required(object, "type"), optional(object, "id")),
                optional(row, "context"),
                optional(row, "data"),
                instant(row.get("occurred_at")),
                new Activity.Source(
                        optional(source, "database"),
                        optional(source, "table"),
                        required(source, "op"),
                        optional(source, "position"),
                        optional(source, "transaction")),
                consent == null
                        ? null
                        : new Activity.Consent(required(consent, "basis"), optional(consent, "version")));
    }

    private static Instant instant(Object value) {
        if (value instanceof Date date) {
            return date.toInstant();
        }
        if (value instanceof Number millis) {
            return Instant.ofEpochMilli(millis.longValue());
        }
        try {
            return Instant.parse(value instanceof String text ? text : "");
        } catch (DateTimeParseException notIso) {
            throw new DataException("activity whose field occurred_at is no timestamp");
        }
    }

    private static String required(Row row, String field) {
        String text = optional(row, field);
        if (text == null) {
            throw new DataException("activity without the field " + field);
        }
        return text;
    }

    private static String optional(Row row, String field) {
        Object value = row.get(field);
        if (value != null && !(value instanceof String)) {
            throw new DataException("activity whose field " + field + " is not a string");
        }
        return (String) value;
    }
}
