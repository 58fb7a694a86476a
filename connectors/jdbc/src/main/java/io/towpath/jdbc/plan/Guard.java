package io.towpath.jdbc.plan;

import io.towpath.jdbc.config.NewIncarnation;
import io.towpath.jdbc.config.VersionConfig;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.TableId;
import java.util.Objects;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Which of two images of a row is the newer one.
 *
 * <p>Always: of one incarnation of the source, an image never replaces one of a higher version, neither within a batch
 * nor in the table, and a row deleted at a version does not come back with a lower one while its tombstone is kept.
 *
 * @param version column of the version, a 64 bit number
 * @param incarnation column of the source's incarnation
 * @param acceptNew whether an image of another incarnation counts; the task stops otherwise
 * @param tombstones table of the versions of deleted rows
 */
public record Guard(String version, String incarnation, boolean acceptNew, TableId tombstones) {

    /** Null when rows have no versions. */
    public static Guard of(VersionConfig config) {
        return config.guards()
                ? new Guard(
                        config.column(),
                        config.incarnationColumn(),
                        config.onNewIncarnation() == NewIncarnation.ACCEPT,
                        TableId.parse(config.tombstones()))
                : null;
    }

    /** Why the task stops when the table holds {@code stored}'s versions and the batch another one's. */
    public ConnectException stop(TableId table, String stored) {
        return new ConnectException("table " + table + " has rows of incarnation " + stored
                + " of the source and this batch comes from another one, so their versions cannot be compared: set "
                + VersionConfig.ON_NEW_INCARNATION + "=accept if the new one is right");
    }

    /**
     * Whether {@code op} is of the same incarnation as {@code seen}, and of a lower version.
     *
     * @throws ConnectException when it is of another incarnation, and that does not count
     */
    boolean isOlder(TableId table, RowOp op, RowOp seen) {
        boolean same = Objects.equals(value(op, incarnation), value(seen, incarnation));
        if (!same && !acceptNew) {
            throw stop(table, String.valueOf(value(seen, incarnation)));
        }
        return same && number(op) < number(seen);
    }

    private long number(RowOp op) {
        return ((Number) value(op, version)).longValue();
    }

    private static Object value(RowOp op, String column) {
        return op.values()[op.shape().position(column)];
    }
}
