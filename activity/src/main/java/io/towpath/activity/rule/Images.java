package io.towpath.activity.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activity.Change;
import io.towpath.activity.Row;
import io.towpath.activity.value.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/** The rows that a rule may look at, for one change. A message has one row: its JSON content. */
final class Images {

    /** What a column has that the source did not send. */
    static final Object ABSENT = new Object();

    /** Debezium's stand-in for a large value that an update left alone (TOAST). */
    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    private static final ByteBuffer UNAVAILABLE_BYTES = ByteBuffer.wrap(UNAVAILABLE.getBytes(StandardCharsets.UTF_8));

    /** Which row a path starts from; CURRENT is the new one, or the old one of a delete. */
    enum Which {
        CURRENT,
        BEFORE,
        AFTER
    }

    private final Change change;
    private final Row current;

    private Images(Change change, Row current) {
        this.change = change;
        this.current = current;
    }

    /** @throws DataException a message whose content is not a JSON object */
    static Images of(Change change) {
        if (change.kind() != Change.Kind.MESSAGE) {
            return new Images(change, change.row());
        }
        JsonNode content = JsonText.parse(change.content());
        if (content == null || !content.isObject()) {
            throw new DataException("logical message with prefix '" + change.messagePrefix() + "' at position "
                    + change.origin().position() + ": its content is not a JSON object, and a rule reads it");
        }
        return new Images(change, new JsonRow(content));
    }

    /** The value of {@code column}, null for NULL, {@link #ABSENT} where the image does not carry it. */
    Object get(Which which, String column) {
        Row row = row(which);
        if (row == null) {
            return ABSENT;
        }
        Object value = row.get(column);
        if (value == null) {
            return row.has(column) ? null : ABSENT;
        }
        if (!unavailable(value)) {
            return value;
        }
        boolean older = which != Which.BEFORE && change.before() != null && row != change.before();
        return older ? get(Which.BEFORE, column) : ABSENT;
    }

    Schema schema(Which which, String column) {
        Row row = row(which);
        return row == null ? null : row.schema(column);
    }

    /**
     * Whether the update gave {@code column} another value. Where there is one row only (insert, snapshot, delete,
     * message): whether it is not NULL.
     *
     * @throws DataException an update without its old row: nobody can tell
     */
    boolean changed(String column) {
        if (change.kind() != Change.Kind.UPDATE) {
            Object value = get(Which.CURRENT, column);
            return value != null && value != ABSENT;
        }
        if (change.before() == null) {
            throw new DataException("update of " + change.table() + " at position "
                    + change.origin().position() + " carries no old row, and a rule asks whether '" + column
                    + "' changed: set REPLICA IDENTITY FULL on the table (MariaDB, MySQL: binlog_row_image=FULL)");
        }
        return !Objects.deepEquals(get(Which.BEFORE, column), get(Which.AFTER, column));
    }

    private Row row(Which which) {
        return switch (which) {
            case CURRENT -> current;
            case BEFORE -> change.before();
            case AFTER -> change.after();
        };
    }

    private static boolean unavailable(Object value) {
        return value instanceof String text
                ? text.equals(UNAVAILABLE)
                : value instanceof ByteBuffer bytes && bytes.equals(UNAVAILABLE_BYTES);
    }
}
