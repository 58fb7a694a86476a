package io.towpath.activity.value;

import java.time.Instant;
import java.time.LocalDate;

/** {@code Instant.toString}, many times faster for the years 0 to 9999: every activity carries one. */
public final class IsoInstant {

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int SECONDS_OF_DAY = 86_400;

    private IsoInstant() {}

    /** ISO-8601 in UTC, with no, three, six or nine digits of a second. */
    public static String of(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds < FIRST || seconds > LAST) {
            return instant.toString();
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_OF_DAY));
        int ofDay = (int) Math.floorMod(seconds, (long) SECONDS_OF_DAY);
        StringBuilder text = new StringBuilder(30);
        digits(text, date.getYear(), 4).append('-');
        digits(text, date.getMonthValue(), 2).append('-');
        digits(text, date.getDayOfMonth(), 2).append('T');
        digits(text, ofDay / 3600, 2).append(':');
        digits(text, ofDay / 60 % 60, 2).append(':');
        digits(text, ofDay % 60, 2);
        fraction(text, instant.getNano());
        return text.append('Z').toString();
    }

    private static void fraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        text.append('.');
        if (nanos % 1_000_000 == 0) {
            digits(text, nanos / 1_000_000, 3);
        } else if (nanos % 1_000 == 0) {
            digits(text, nanos / 1_000, 6);
        } else {
            digits(text, nanos, 9);
        }
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        int power = 1;
        for (int i = 1; i < width; i++) {
            power *= 10;
        }
        for (int rest = number; power > 0; power /= 10) {
            text.append((char) ('0' + rest / power));
            rest %= power;
        }
        return text;
    }
}
