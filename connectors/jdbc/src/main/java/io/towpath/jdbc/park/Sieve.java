package io.towpath.jdbc.park;

import io.towpath.jdbc.refuse.Refused;
import io.towpath.jdbc.row.RowOp;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What of one batch is written and what is dead-lettered, within one transaction. */
public interface Sieve {

    /** Once, with all rows in the order of the log: those that may be written. The same list where all may. */
    List<RowOp> pass(List<RowOp> rows);

    /** Those of passed rows, in the order of the log, whose key was not refused meanwhile. */
    List<RowOp> rest(List<RowOp> rows);

    /** The database refuses this row. */
    void refuse(RowOp row, Refused refused);

    /** What was refused for its own sake. */
    List<Refused> causes();

    /** Everything for the dead-letter queue: the causes, and what follows them. */
    List<Refused> letters();

    /** Rows of {@link #pass} that are neither written nor dead-lettered. */
    int dropped();

    /** After the last row: keeps what was decided, in the same transaction. */
    void settle(Connection connection) throws SQLException;
}
