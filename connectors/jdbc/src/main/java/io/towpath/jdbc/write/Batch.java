package io.towpath.jdbc.write;

import io.towpath.jdbc.refuse.Refused;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.row.RowReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The rows of a batch in the order of the log, and the records of which no row could be made.
 *
 * @param records how many records were read
 */
record Batch(int records, List<RowOp> rows, List<Refused> refused) {

    static Batch read(RowReader reader, Collection<SinkRecord> records) {
        List<RowOp> rows = new ArrayList<>(records.size());
        List<Refused> refused = new ArrayList<>();
        for (SinkRecord record : records) {
            try {
                reader.read(record).ifPresent(rows::add);
            } catch (DataException reason) {
                refused.add(new Refused(record, reason));
            }
        }
        return new Batch(records.size(), rows, refused);
    }
}
