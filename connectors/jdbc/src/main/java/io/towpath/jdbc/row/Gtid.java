package io.towpath.jdbc.row;

import io.towpath.activity.Row;
import java.util.Optional;

/**
 * Where a change stands in a binlog, told so that every replica of a server says the same: names and positions of files
 * begin anew with each of them.
 *
 * @param log whose numbers these are: MariaDB's domain, MySQL's UUID of the server that wrote first
 * @param sequence equal for all changes of a transaction; 0 for rows of a snapshot, which have no GTID
 */
record Gtid(String log, long sequence) {
    private static final Gtid SNAPSHOT = new Gtid("0", 0);

    /** Empty where the source block has none. */
    static Optional<Gtid> of(Row source) {
        if (source.get("gtid") instanceof String text) {
            int end = Math.max(text.lastIndexOf(':'), text.lastIndexOf('-'));
            String log = text.substring(0, Math.max(0, text.indexOf(':') > 0 ? end : text.indexOf('-')));
            return Optional.of(new Gtid(log, Long.parseLong(text.substring(end + 1))));
        }
        Object snapshot = source.get("snapshot");
        boolean read = snapshot != null && !snapshot.toString().equals("false");
        return isBinlog(source) && read ? Optional.of(SNAPSHOT) : Optional.empty();
    }

    static boolean isBinlog(Row source) {
        return source.get("file") != null;
    }
}
