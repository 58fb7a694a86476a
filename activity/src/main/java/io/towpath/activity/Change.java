package io.towpath.activity;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;

/**
 * One change of a database, as a plain value: what {@code rule.ActivityRules} decide on.
 *
 * @param kind what happened
 * @param table {@code schema.table} (PostgreSQL) or {@code database.table} (MariaDB, MySQL); null for a message
 * @param messagePrefix the prefix of a logical message; null for a row
 * @param key the row's key columns; null for a message and for a table without a key
 * @param before the row before; null for an insert, a snapshot row, a message, and where the source does not log it
 * @param after the row after; null for a delete and a message
 * @param content the bytes of a logical message, read-only; null for a row
 * @param occurredAt commit time of the transaction at the source
 * @param origin where in the source's log the change stands
 */
public record Change(
        Kind kind,
        String table,
        String messagePrefix,
        Row key,
        Row before,
        Row after,
        ByteBuffer content,
        Instant occurredAt,
        Origin origin) {

    /** What happened to the row. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE,
        SNAPSHOT,
        MESSAGE;

        private final String word = name().toLowerCase(Locale.ROOT);

        /** The word that rules and activities use for it: {@code insert}, {@code update}, … */
        public String word() {
            return word;
        }
    }

    /**
     * Where a change stands, so that a replay can be recognised.
     *
     * @param system the server's own identity (PostgreSQL: system identifier); the logical server name where unknown
     * @param database the database's name in the connector's config
     * @param transaction the source's transaction id; null outside one
     * @param position the log position as the source writes it (PostgreSQL: LSN as a decimal), of the commit where known
     * @param ordinal the change's number within its transaction, from 1; 0 where the source does not number changes
     */
    public record Origin(String system, String database, String transaction, String position, long ordinal) {}

    /** The row that a rule reads: the new image, or the old one of a delete. */
    public Row row() {
        return after != null ? after : before;
    }

    /** The same change, seen at another place of the log: for a reader that knows more than the record says. */
    public Change at(Origin other) {
        return new Change(kind, table, messagePrefix, key, before, after, content, occurredAt, other);
    }
}
