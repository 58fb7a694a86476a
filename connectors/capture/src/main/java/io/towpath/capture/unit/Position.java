package io.towpath.capture.unit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * A point of a database's log at which reading may resume, and the only thing that Connect stores for a database.
 *
 * <p>It is the boundary behind a whole transaction, as the delegate's source understands it, and, within a transaction
 * that is handed over in parts, the last change that was handed over. The log is then read again from the boundary and
 * the changes up to {@code part} are left out: Debezium's own offsets inside a transaction lose rows that share a log
 * position and repeat messages.
 *
 * @param boundary what the source needs to read on behind the last whole transaction; PostgreSQL: {@code lsn}
 * @param part the last change that was handed over of the transaction behind the boundary; null at a boundary
 */
public record Position(Map<String, ?> boundary, Part part) {

    private static final String FORMAT = "format";
    private static final long THIS_FORMAT = 1;
    private static final String PART_TRANSACTION = "part.transaction";
    private static final String PART_POSITION = "part.position";
    private static final String PART_ORDINAL = "part.ordinal";

    /** A change of {@code transaction}: the {@code ordinal}th at {@code position}, from 1. */
    public record Part(String transaction, long position, long ordinal) {

        /** Whether this change stands before or at {@code other} in the log of the same transaction. */
        boolean notAfter(Part other) {
            return position < other.position || (position == other.position && ordinal <= other.ordinal);
        }
    }

    public Position {
        boundary = Map.copyOf(boundary);
    }

    public static Position at(Map<String, ?> boundary) {
        return new Position(boundary, null);
    }

    /** The source offset for Connect: numbers and strings only, with the number of this format. */
    public Map<String, Object> toOffset() {
        Map<String, Object> offset = new LinkedHashMap<>(boundary);
        offset.put(FORMAT, THIS_FORMAT);
        if (part != null) {
            offset.put(PART_TRANSACTION, part.transaction());
            offset.put(PART_POSITION, part.position());
            offset.put(PART_ORDINAL, part.ordinal());
        }
        return offset;
    }

    /**
     * The position in a stored source offset. One without a format is an operator's, who need not know of formats.
     *
     * @throws ConnectException the offset has another format
     */
    public static Position fromOffset(Map<String, ?> offset) {
        Object format = offset.get(FORMAT);
        if (format != null && !(format instanceof Number number && number.longValue() == THIS_FORMAT)) {
            throw new ConnectException("stored offset has format " + format + ", this version reads format "
                    + THIS_FORMAT + ": run the version that wrote it, or reset the connector's offsets");
        }
        Map<String, Object> boundary = new LinkedHashMap<>(offset);
        boundary.keySet().removeIf(key -> key.equals(FORMAT) || key.startsWith("part."));
        if (!(offset.get(PART_TRANSACTION) instanceof String transaction)) {
            return at(boundary);
        }
        long position = ((Number) offset.get(PART_POSITION)).longValue();
        long ordinal = ((Number) offset.get(PART_ORDINAL)).longValue();
        return new Position(boundary, new Part(transaction, position, ordinal));
    }
}
