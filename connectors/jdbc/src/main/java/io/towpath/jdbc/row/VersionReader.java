package io.towpath.jdbc.row;

import io.towpath.activity.ActivitySchema;
import io.towpath.activity.Row;
import io.towpath.jdbc.config.VersionConfig;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads a record's version and the incarnation of its source. */
@SuppressWarnings("JavaUtilDate") // Connect's own logical type
final class VersionReader {
    private final VersionConfig config;

    VersionReader(VersionConfig config) {
        this.config = config;
    }

    /**
     * The version, comparable within one incarnation.
     *
     * @throws DataException when the record has none
     * @throws ConnectException when no record of this source has one
     */
    long version(SinkRecord record, Object image) {
        return switch (config.from()) {
            case KAFKA -> record.originalKafkaOffset();
            case HEADER -> number(record, header(record, config.name()));
            case FIELD -> number(record, image == null ? null : field(image, config.name()));
            case POSITION -> position(record);
            case NONE -> throw new IllegalStateException("rows have no versions");
        };
    }

    /** Never null: the empty text where the record does not say. */
    String incarnation(SinkRecord record) {
        if (!config.incarnationHeader().isEmpty()) {
            Object header = header(record, config.incarnationHeader());
            if (header == null) {
                throw new DataException("no header " + config.incarnationHeader() + ", " + RowOp.where(record));
            }
            return header.toString();
        }
        Object system = header(record, ActivitySchema.SYSTEM_HEADER);
        if (system != null) {
            return system.toString();
        }
        Row source = source(record);
        return source == null ? "" : Incarnation.of(source);
    }

    private static Row source(SinkRecord record) {
        Row value = row(record.value());
        return value == null ? null : row(value.get("source"));
    }

    private static Row row(Object value) {
        return value instanceof Struct || value instanceof Map ? Row.ofAny(value) : null;
    }

    private static Object field(Object image, String name) {
        return Row.ofAny(image).get(name);
    }

    private static Object header(SinkRecord record, String name) {
        Header header = record.headers().lastWithName(name);
        return header == null ? null : header.value();
    }

    private long position(SinkRecord record) {
        Row source = source(record);
        if (source == null) {
            throw new DataException("no source block, so no position, " + RowOp.where(record));
        }
        if (Gtid.isBinlog(source)) {
            return Gtid.of(source).orElseThrow(() -> notComparable(record)).sequence();
        }
        Object lsn = source.get("lsn");
        Object position = lsn != null ? lsn : source.get("position");
        if (position instanceof String text && text.contains(":")) {
            throw notComparable(record);
        }
        return number(record, position);
    }

    /** Each record of the source would be refused. */
    private static ConnectException notComparable(SinkRecord record) {
        return new ConnectException("the position in " + RowOp.where(record)
                + " is that of a binlog without a GTID, and the"
                + " files of another replica have other ones: make the server write GTIDs, or set " + VersionConfig.FROM
                + "=kafka, field or header");
    }

    private long number(SinkRecord record, Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Date date) {
            return date.getTime();
        }
        try {
            return Long.parseLong(String.valueOf(value));
        } catch (NumberFormatException notANumber) {
            throw new DataException("no version: wanted a number from " + VersionConfig.FROM + "=" + config.from()
                    + ", " + RowOp.where(record));
        }
    }
}
