package io.towpath.jdbc.write;

import io.towpath.jdbc.config.ConnectionConfig;
import io.towpath.jdbc.config.ErasureConfig;
import io.towpath.jdbc.row.RowOp;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * How many records go into one transaction: a whole batch, unless the database twice took too long for it. Then a tenth
 * of it, and so on, until all pass or one record alone takes too long; ten times as many again after each batch.
 */
final class Portions {
    private static final String TOOK_TOO_LONG = "57014";
    private static final int ALL = 1_000_000_000;
    private static final int PARTS = 10;

    private int most = ALL;
    private boolean warned;

    /** The records from {@code from} on that go together. */
    List<SinkRecord> next(List<SinkRecord> batch, int from) {
        return batch.subList(from, from + Math.min(batch.size() - from, most));
    }

    /**
     * The database refused a portion.
     *
     * @throws ConnectException when it takes too long for a single record: it would each time
     */
    void failed(List<SinkRecord> portion, String state, SQLException failure) {
        if (!state.equals(TOOK_TOO_LONG)) {
            return;
        }
        if (warned && portion.size() == 1) {
            throw new ConnectException(
                    RowOp.where(portion.get(0)) + " alone takes longer than " + ConnectionConfig.STATEMENT_TIMEOUT
                            + " allows: raise it, or give the table an index (for an erasure one on "
                            + ErasureConfig.COLUMN + ")",
                    failure);
        }
        most = warned ? Math.max(1, portion.size() / PARTS) : most;
        warned = true;
    }

    /** A whole batch is written. */
    void passed() {
        warned = most < ALL;
        most = most > ALL / PARTS ? ALL : most * PARTS;
    }
}
