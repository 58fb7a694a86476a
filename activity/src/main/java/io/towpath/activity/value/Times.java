package io.towpath.activity.value;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/**
 * Points and spans of time, as Connect ({@code org.apache.kafka.connect.data.*}) and Debezium
 * ({@code io.debezium.time.*}) encode them, to ISO-8601. Debezium's timestamps are of columns without a zone, so they get
 * no {@code Z}.
 */
final class Times {

    private Times() {}

    /** A number whose schema is called {@code name}; comes back as it is when the name means no time. */
    static Object of(String name, Number number) {
        return switch (name) {
            case "io.debezium.time.Date" ->
                LocalDate.ofEpochDay(number.longValue()).toString();
            case "io.debezium.time.Time" -> timeOfDay(number, 1_000_000L);
            case "io.debezium.time.MicroTime" -> timeOfDay(number, 1_000L);
            case "io.debezium.time.NanoTime" -> timeOfDay(number, 1L);
            case "io.debezium.time.Timestamp" -> local(number, ChronoUnit.MILLIS);
            case "io.debezium.time.MicroTimestamp" -> local(number, ChronoUnit.MICROS);
            case "io.debezium.time.NanoTimestamp" -> local(number, ChronoUnit.NANOS);
            case "io.debezium.time.MicroDuration" ->
                Duration.of(number.longValue(), ChronoUnit.MICROS).toString();
            case "io.debezium.time.NanoDuration" ->
                Duration.ofNanos(number.longValue()).toString();
            default -> number;
        };
    }

    /** Connect's own logical types; without a schema, an instant. */
    static String of(String name, Date date) {
        if (org.apache.kafka.connect.data.Date.LOGICAL_NAME.equals(name)) {
            return LocalDate.ofEpochDay(Math.floorDiv(date.getTime(), 86_400_000L))
                    .toString();
        }
        if (org.apache.kafka.connect.data.Time.LOGICAL_NAME.equals(name)) {
            return (String) timeOfDay(date.getTime(), 1_000_000L);
        }
        return Instant.ofEpochMilli(date.getTime()).toString();
    }

    /** A time of day; MySQL's TIME may lie outside of a day, and is a span then. */
    private static Object timeOfDay(Number number, long nanosPerUnit) {
        long nanos = number.longValue() * nanosPerUnit;
        boolean withinDay = nanos >= 0 && nanos < 86_400_000_000_000L;
        return withinDay
                ? LocalTime.ofNanoOfDay(nanos).format(DateTimeFormatter.ISO_LOCAL_TIME)
                : Duration.ofNanos(nanos).toString();
    }

    private static Object local(Number number, ChronoUnit unit) {
        Instant instant = Instant.EPOCH.plus(number.longValue(), unit);
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
}
