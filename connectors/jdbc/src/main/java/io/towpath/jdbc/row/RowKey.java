package io.towpath.jdbc.row;

import java.util.Arrays;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A row's key: the same for a number of any width and for its digits as a text, and in one order for all tasks.
 *
 * @param parts each a Long of at most 18 digits, or the text of anything else
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record RowKey(Object... parts) implements Comparable<RowKey> {
    private static final int MOST_DIGITS = 18;
    private static final long BEYOND = 1_000_000_000_000_000_000L;

    static RowKey of(SinkRecord record, Shape shape, Object[] values) {
        int size = shape.keySize();
        Object[] parts = new Object[size];
        for (int i = 0; i < size; i++) {
            Column column = shape.keyColumn(i);
            Object value = values[shape.keyPosition(i)];
            if (value == null || value == RowOp.ABSENT) {
                throw new DataException("the key's column " + column.name() + " is null, " + RowOp.where(record));
            }
            parts[i] = column.isWhole() && value instanceof Number number
                    ? part(number.longValue())
                    : part(column.type().text().apply(value));
        }
        return new RowKey(parts);
    }

    private static Object part(long number) {
        return number > -BEYOND && number < BEYOND ? (Object) number : Long.toString(number);
    }

    private static Object part(String text) {
        boolean digits = !text.isEmpty() && text.length() <= MOST_DIGITS && isDigit(text.charAt(text.length() - 1));
        if (!digits) {
            return text;
        }
        int first = text.charAt(0) == '-' ? 1 : 0;
        for (int i = first; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return text;
            }
        }
        boolean other =
                text.charAt(first) == '0' && text.length() > 1; // 007, -0: texts that a number is not written as
        return other ? text : (Object) Long.parseLong(text);
    }

    private static boolean isDigit(char one) {
        return one >= '0' && one <= '9';
    }

    @Override
    public int compareTo(RowKey other) {
        int common = Math.min(parts.length, other.parts.length);
        for (int i = 0; i < common; i++) {
            int order = compare(parts[i], other.parts[i]);
            if (order != 0) {
                return order;
            }
        }
        return parts.length - other.parts.length;
    }

    private static int compare(Object one, Object other) {
        if (one instanceof Long number) {
            return other instanceof Long second ? Long.compare(number, second) : -1;
        }
        return other instanceof Long ? 1 : ((String) one).compareTo((String) other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey key && Arrays.equals(parts, key.parts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parts);
    }

    @Override
    public String toString() {
        return parts.length + " columns";
    }
}
