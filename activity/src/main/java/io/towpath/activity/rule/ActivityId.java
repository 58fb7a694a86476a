package io.towpath.activity.rule;

import io.towpath.activity.Change;
import io.towpath.activity.Row;
import io.towpath.activity.value.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The identity of an activity: a UUIDv5 (RFC 9562) of where its change stands in the log, so that a replay has it again.
 *
 * <p>Always: two changes of one server differ in (transaction, position, ordinal), so their ids differ. Where the source
 * does not number its changes (ordinal 0: a snapshot, or a connector without {@code provide.transaction.metadata}) many
 * rows may share a position; there, kind, table and key take the ordinal's place, and the whole row where a table has no
 * key.
 */
public final class ActivityId {

    /** UUIDv5 of {@code io.towpath.activity} in the DNS name space. */
    private static final UUID NAMESPACE = UUID.fromString("2b1a52e0-dcf7-50c3-a5b8-e6648739ba24");

    private static final MessageDigest SHA_1 = seeded();

    private ActivityId() {}

    /**
     * The id.
     *
     * @param rule name of the rule that makes the activity
     * @param ordinal number among the activities that the rule makes of the change, from 0
     */
    public static String of(Change change, String rule, int ordinal) {
        Change.Origin origin = change.origin();
        boolean numbered = origin.ordinal() > 0 && change.kind() != Change.Kind.SNAPSHOT;
        StringBuilder name = new StringBuilder(128).append(origin.system()).append('\n');
        if (change.kind() != Change.Kind.SNAPSHOT) {
            name.append(origin.transaction()).append('\n');
        }
        name.append(origin.position()).append('\n').append(origin.ordinal()).append('\n');
        name.append(rule).append('\n').append(ordinal);
        if (!numbered) {
            name.append('\n').append(change.kind()).append('\n').append(origin.database());
            name.append('\n').append(change.table()).append('\n').append(change.messagePrefix());
            name.append('\n').append(identity(change));
        }
        return v5(name.toString()).toString();
    }

    private static String identity(Change change) {
        Row row = change.key() != null ? change.key() : change.row();
        return row == null
                ? ""
                : JsonText.of(generator -> {
                    generator.writeStartObject();
                    for (String column : row.columns()) {
                        generator.writeFieldName(column);
                        JsonText.write(generator, row.get(column), row.schema(column));
                    }
                    generator.writeEndObject();
                });
    }

    private static UUID v5(String name) {
        ByteBuffer hash = ByteBuffer.wrap(copy().digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & 0xffffffffffff0fffL) | 0x5000L;
        long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** A digest that has the name space behind it already: cheaper than asking the providers for each id. */
    private static MessageDigest seeded() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .flip());
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static MessageDigest copy() {
        try {
            return (MessageDigest) SHA_1.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-1 can be copied", e);
        }
    }
}
