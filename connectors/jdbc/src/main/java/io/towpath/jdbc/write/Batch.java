package io.towpath.jdbc.write;

import io.towpath.jdbc.park.Redriven;
import io.towpath.jdbc.refuse.Refused;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.row.RowReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The rows of a batch in the order of the log, and the records of which no row could be made.
 *
 * @param records how many records were read
 * @param silent re-driven records that ask for nothing
 */
record Batch(int records, List<RowOp> rows, List<Refused> refused, List<SinkRecord> silent) {

    static Batch read(RowReader reader, Redriven redriven, Collection<SinkRecord> records) {
        List<RowOp> rows = new ArrayList<>(records.size());
        List<Refused> refused = new ArrayList<>();
        List<SinkRecord> silent = new ArrayList<>();
        for (SinkRecord record : records) {
            try {
                if (redriven.is(record)) {
                    redriven(reader, redriven, record).ifPresentOrElse(rows::add, () -> silent.add(record));
                } else {
                    reader.read(record).ifPresent(rows::add);
                }
            } catch (DataException reason) {
                refused.add(new Refused(record, reason));
            }
        }
        return new Batch(records.size(), rows, refused, silent);
    }

    /** Read as the record that it was; the dead-letter queue and the fence know it as the record that it is. */
    private static Optional<RowOp> redriven(RowReader reader, Redriven redriven, SinkRecord record) {
        SinkRecord original = redriven.original(record);
        return Redriven.skipped(record)
                ? Optional.empty()
                : reader.read(original).map(row -> row.of(record));
    }
}
