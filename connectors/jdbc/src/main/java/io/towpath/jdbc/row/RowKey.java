package io.towpath.jdbc.row;

import java.util.Arrays;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** A row's key as texts: the same for a number whichever width its schema has, and in one order for all tasks. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record RowKey(String... texts) implements Comparable<RowKey> {

    static RowKey of(SinkRecord record, Shape shape, Object[] values) {
        int[] keys = shape.keys();
        String[] texts = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            Column column = shape.columns().get(keys[i]);
            Object value = values[keys[i]];
            if (value == null || value == RowOp.ABSENT) {
                throw new DataException("the key's column " + column.name() + " is null, " + RowOp.where(record));
            }
            texts[i] = column.type().text().apply(value);
        }
        return new RowKey(texts);
    }

    @Override
    public int compareTo(RowKey other) {
        return Arrays.compare(texts, other.texts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey key && Arrays.equals(texts, key.texts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(texts);
    }

    @Override
    public String toString() {
        return texts.length + " columns";
    }
}
