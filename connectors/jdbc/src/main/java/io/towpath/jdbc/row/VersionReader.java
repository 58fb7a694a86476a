package io.towpath.jdbc.row;

import io.towpath.activity.ActivitySchema;
import io.towpath.activity.Row;
import io.towpath.jdbc.config.VersionConfig;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
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
        if (source.get("file") instanceof String file && source.get("pos") instanceof Number pos) {
            // mysql-bin.000042: the number counts up, and a binlog is far below 2^40 bytes.
            long number = number(record, file.substring(file.lastIndexOf('.') + 1));
            return (number << 40) + pos.longValue();
        }
        Object lsn = source.get("lsn");
        return number(record, lsn != null ? lsn : source.get("position"));
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
