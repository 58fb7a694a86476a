package io.towpath.jdbc.park;

import io.towpath.jdbc.row.RowOp;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** Knows a re-driven record and gives it its original coordinates back. */
public final class Redriven {
    /** {@code topic-partition@offset}: one text, which no header converter takes for a number. */
    public static final String ORIGIN = "towpath.redrive";

    /** Stands on a record that nobody wants written any more: it only leaves those that wait. */
    public static final String SKIP = "towpath.redrive.skip";

    private static final Pattern COORDINATES = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

    private final String topic;

    /** @param topic of re-driven records; empty for none */
    public Redriven(String topic) {
        this.topic = topic;
    }

    public boolean is(SinkRecord record) {
        return !topic.isEmpty() && topic.equals(record.originalTopic());
    }

    public static boolean skipped(SinkRecord record) {
        return record.headers().lastWithName(SKIP) != null;
    }

    /**
     * The record as it stood in its own topic; itself when it was not re-driven. A transform that renamed the redrive
     * topic has named the table: its word stays.
     *
     * @throws DataException when it says no origin
     */
    public SinkRecord original(SinkRecord record) {
        if (!is(record)) {
            return record;
        }
        Matcher origin = COORDINATES.matcher(text(record.headers().lastWithName(ORIGIN)));
        if (!origin.matches()) {
            throw new DataException("no header " + ORIGIN + " with the original coordinates: wanted records of"
                    + " `towpath redrive` alone in this topic, " + RowOp.where(record));
        }
        String original = origin.group(1);
        int partition = Integer.parseInt(origin.group(2));
        long offset = Long.parseLong(origin.group(3));
        return new SinkRecord(
                record.topic().equals(topic) ? original : record.topic(),
                partition,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                offset,
                record.timestamp(),
                record.timestampType(),
                record.headers(),
                original,
                partition,
                offset);
    }

    private static String text(Header header) {
        if (header == null || header.value() == null) {
            return "";
        }
        return header.value() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : header.value().toString();
    }
}
