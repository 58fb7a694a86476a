package io.towpath.jdbc.park;

import io.towpath.jdbc.fence.Position;
import io.towpath.jdbc.row.RowOp;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Whose turn it is, as far as the line and the offsets table tell.
 *
 * @param line who waits
 * @param ends how far the partitions of the re-driven records were written when the line was read, or less far
 */
record Turns(Redriven redriven, Line line, Map<TopicPartition, Position> ends) {

    /** The record by its first coordinates, whichever way it came. */
    Waiting waiting(SinkRecord record) {
        SinkRecord original = redriven.original(record);
        return new Waiting(RowOp.partition(original), original.originalKafkaOffset(), ParkedKey.of(original));
    }

    boolean isRedriven(SinkRecord record) {
        return redriven.is(record);
    }

    /** Whether nobody waits for a re-driven record. */
    boolean isNotListed(SinkRecord record, Waiting self) {
        return isRedriven(record) && !line.contains(self);
    }

    /**
     * Whether a re-driven record that is not listed came before the transaction that lists it was committed: its letter
     * is in the queue by then.
     */
    boolean isEarly(Waiting self) {
        Position end = ends.get(self.partition());
        return end == null || self.offset() >= end.next();
    }
}
