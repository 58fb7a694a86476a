package io.towpath.jdbc.plan;

import io.towpath.jdbc.row.RowOp;
import java.util.Arrays;
import org.apache.kafka.connect.errors.DataException;

/** A row's key as texts: the same for a number whichever width its schema has, and in one order for all tasks. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
record RowKey(String... texts) implements Comparable<RowKey> {

    static RowKey of(RowOp op) {
        int[] keys = op.shape().keys();
        String[] texts = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            Object value = op.values()[keys[i]];
            if (value == null || value == RowOp.ABSENT) {
                throw new DataException("the key's column "
                        + op.shape().columns().get(keys[i]).name() + " is null, " + RowOp.where(op.record()));
            }
            texts[i] = op.shape().columns().get(keys[i]).type().text().apply(value);
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
