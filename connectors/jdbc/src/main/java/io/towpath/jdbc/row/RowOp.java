package io.towpath.jdbc.row;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What one record asks of one table.
 *
 * @param record the record as the framework gave it, for coordinates and the dead-letter queue
 * @param shape null for a truncate; the key's columns alone for a delete
 * @param key null for a truncate, for an erasure and where rows have no key
 * @param values in Connect's types, in the shape's order; {@link #ABSENT} where the record does not know the value
 */
@SuppressWarnings("ArrayRecordComponent") // one for every record; nobody changes it
public record RowOp(SinkRecord record, Kind kind, String table, Shape shape, Object[] values, RowKey key) {

    /** A value that the record does not carry: the column stays as it is. */
    public static final Object ABSENT = new Object() {
        @Override
        public String toString() {
            return "absent";
        }
    };

    /** What is asked. */
    public enum Kind {
        WRITE,
        DELETE,
        TRUNCATE,
        /** Of every row of an actor; {@link RowOp#values} are the actor's names, {@link RowOp#shape} is an activity's. */
        ERASE
    }

    /** The same, asked by {@code other}. */
    public RowOp of(SinkRecord other) {
        return new RowOp(other, kind, table, shape, values, key);
    }

    /** The original partition, before any transform renamed the topic. */
    public TopicPartition partition() {
        return partition(record);
    }

    public long offset() {
        return record.originalKafkaOffset();
    }

    public static TopicPartition partition(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    /** Coordinates for messages: never the payload. */
    public static String where(SinkRecord record) {
        return partition(record) + "@" + record.originalKafkaOffset();
    }

    @Override
    public String toString() {
        return kind + " " + table + " " + where(record);
    }
}
