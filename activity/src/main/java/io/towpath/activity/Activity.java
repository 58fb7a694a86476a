package io.towpath.activity;

import java.time.Instant;

/**
 * Something that an actor did to an object: the one contract between capture, transforms and sinks. Field names are
 * those of ActivityStreams 2.0 and CloudEvents 1.0; {@link ActivitySchema} is its wire form.
 *
 * @param id UUIDv5 that a replay of the same change gives again
 * @param type what was done, e.g. {@code order.placed}
 * @param actor who did it; null where the rule names none
 * @param object what it was done to; null where the rule names none
 * @param context circumstances, as JSON text; null for none
 * @param data what changed, as JSON text; null for none
 * @param occurredAt when the source committed it
 * @param source where it stands in the source's log
 * @param consent on which basis it may be kept; null where the pipeline has no consent ledger
 */
public record Activity(
        String id,
        String type,
        Actor actor,
        Thing object,
        String context,
        String data,
        Instant occurredAt,
        Source source,
        Consent consent) {

    /** The same activity, kept on another basis. */
    public Activity with(Consent other) {
        return new Activity(id, type, actor, object, context, data, occurredAt, source, other);
    }

    /** Who acted; {@code kind} may be null. */
    public record Actor(String id, String kind) {}

    /** What was acted upon; {@code id} may be null. */
    public record Thing(String type, String id) {}

    /** Where in the source's log the activity comes from; {@code table} is the prefix for a logical message. */
    public record Source(String database, String table, String op, String position, String transaction) {}

    /** On which basis the activity is kept; {@code version} may be null. */
    public record Consent(String basis, String version) {}
}
