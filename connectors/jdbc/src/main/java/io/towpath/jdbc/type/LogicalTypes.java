package io.towpath.jdbc.type;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** The logical types of Connect and of Debezium by the name of their schema. */
@SuppressWarnings("JavaUtilDate") // Connect's own logical types
final class LogicalTypes {
    private static final String DEBEZIUM_TIME = "io.debezium.time.";
    private static final String DEBEZIUM_DATA = "io.debezium.data.";
    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    private static final Map<String, LogicalType> BY_NAME = Map.ofEntries(
            entry(Decimal.LOGICAL_NAME, type(SqlKind.DECIMAL, v -> ((BigDecimal) v).toPlainString())),
            entry(org.apache.kafka.connect.data.Date.LOGICAL_NAME, type(SqlKind.DATE, LogicalTypes::dateOfDate)),
            entry(Time.LOGICAL_NAME, type(SqlKind.TIME, v -> time(((Date) v).getTime() * 1_000_000))),
            entry(
                    Timestamp.LOGICAL_NAME,
                    new LogicalType(
                            SqlKind.INSTANT,
                            v -> instant(((Date) v).toInstant()),
                            v -> Micros.of(((Date) v).getTime(), 1_000))),
            entry(
                    DEBEZIUM_TIME + "Date",
                    number(SqlKind.DATE, v -> LocalDate.ofEpochDay(v).toString())),
            entry(DEBEZIUM_TIME + "Time", number(SqlKind.TIME, v -> time(v * 1_000_000))),
            entry(DEBEZIUM_TIME + "MicroTime", number(SqlKind.TIME, v -> time(v * 1_000))),
            entry(DEBEZIUM_TIME + "NanoTime", number(SqlKind.TIME, LogicalTypes::time)),
            entry(DEBEZIUM_TIME + "Timestamp", wallClock(1_000)),
            entry(DEBEZIUM_TIME + "MicroTimestamp", wallClock(1_000_000)),
            entry(DEBEZIUM_TIME + "NanoTimestamp", wallClock(1_000_000_000)),
            entry(DEBEZIUM_TIME + "Year", number(SqlKind.INTEGER, Long::toString)),
            entry(
                    DEBEZIUM_TIME + "ZonedTimestamp",
                    new LogicalType(SqlKind.INSTANT, Object::toString, v -> Micros.of(v.toString()))),
            entry(DEBEZIUM_TIME + "ZonedTime", type(SqlKind.TIME_TZ, Object::toString)),
            entry(DEBEZIUM_TIME + "Interval", type(SqlKind.INTERVAL, Object::toString)),
            entry(
                    DEBEZIUM_TIME + "MicroDuration",
                    number(SqlKind.INTERVAL, v -> Duration.ofNanos(v * 1_000).toString())),
            entry(DEBEZIUM_DATA + "Json", type(SqlKind.JSON, Object::toString)),
            entry(DEBEZIUM_DATA + "Uuid", type(SqlKind.UUID, Object::toString)),
            entry(DEBEZIUM_DATA + "Xml", type(SqlKind.XML, Object::toString)),
            entry(DEBEZIUM_DATA + "Bits", type(SqlKind.BITS, LogicalTypes::bits)),
            entry(DEBEZIUM_DATA + "VariableScaleDecimal", type(SqlKind.DECIMAL, LogicalTypes::variableScale)));

    private LogicalTypes() {}

    /** Null when nothing is known of {@code name}: the plain type counts then. */
    static LogicalType named(String name) {
        return BY_NAME.get(name);
    }

    private static LogicalType type(SqlKind kind, java.util.function.Function<Object, String> text) {
        return new LogicalType(kind, text);
    }

    private static LogicalType number(SqlKind kind, LongFunction<String> text) {
        return new LogicalType(kind, value -> text.apply(((Number) value).longValue()));
    }

    private static LogicalType wallClock(long perSecond) {
        return new LogicalType(
                SqlKind.TIMESTAMP,
                value -> timestamp(((Number) value).longValue(), perSecond),
                value -> Micros.of(((Number) value).longValue(), perSecond));
    }

    private static String dateOfDate(Object value) {
        return LocalDate.ofInstant(((Date) value).toInstant(), ZoneOffset.UTC).toString();
    }

    /** A TIME of 24:00:00, which PostgreSQL and MariaDB have and Java has not, stays that. */
    private static String time(long nanos) {
        return nanos == DAY_NANOS ? "24:00:00" : LocalTime.ofNanoOfDay(nanos).toString();
    }

    /** @param perSecond how many units make a second; the two infinities of PostgreSQL arrive as the extreme values */
    private static String timestamp(long units, long perSecond) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(units, perSecond),
                (int) (Math.floorMod(units, perSecond) * (1_000_000_000 / perSecond)),
                ZoneOffset.UTC);
        // The same text, several times faster; without seconds it would be shorter.
        return time.getSecond() == 0 && time.getNano() == 0
                ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time)
                : time.toString();
    }

    private static String instant(Instant instant) {
        return instant.toString();
    }

    /** Debezium writes the bits of a BIT(n) little-endian. */
    private static String bits(Object value) {
        byte[] bytes = ValueTypes.bytes(value);
        StringBuilder text = new StringBuilder();
        for (int i = bytes.length - 1; i >= 0; i--) {
            for (int bit = 7; bit >= 0; bit--) {
                text.append((bytes[i] >> bit & 1) == 1 ? '1' : '0');
            }
        }
        return text.toString();
    }

    private static String variableScale(Object value) {
        Struct struct = (Struct) value;
        return new BigDecimal(new BigInteger(struct.getBytes("value")), struct.getInt32("scale")).toPlainString();
    }
}
