package io.towpath.jdbc.type;

import java.time.LocalDate;
import java.time.YearMonth;

/** Microseconds since 1970 UTC, where they say exactly what a value says; null where they do not. */
final class Micros {
    private static final long PER_SECOND = 1_000_000;
    /** Databases reckon with them as doubles, which hold whole numbers up to 2^53: the year 2255. */
    private static final long EXACT = 1L << 53;

    private static final int SECOND = 19;
    private static final int SHORTEST = 20;
    private static final int LONGEST = 27;

    private Micros() {}

    /** @param perSecond how many units make a second, 10^3, 10^6 or 10^9 */
    static Long of(long units, long perSecond) {
        if (perSecond > PER_SECOND) {
            long finer = perSecond / PER_SECOND;
            return units % finer == 0 ? exact(units / finer) : null;
        }
        long factor = PER_SECOND / perSecond;
        return units > -EXACT / factor && units < EXACT / factor ? exact(units * factor) : null;
    }

    private static Long exact(long micros) {
        return micros > -EXACT && micros < EXACT ? micros : null;
    }

    /** Of {@code 2026-01-01T00:00:00.123456Z}, as Debezium writes a point in time; of no other form. */
    static Long of(String text) {
        int length = text.length();
        boolean form = length >= SHORTEST
                && length <= LONGEST
                && text.charAt(length - 1) == 'Z'
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (length == SHORTEST || (text.charAt(SECOND) == '.' && length > SHORTEST + 1));
        if (!form) {
            return null;
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECOND);
        int fraction = length == SHORTEST ? 0 : number(text, SECOND + 1, length - 1);
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        boolean numbers = year > 0 && hour >= 0 && minute >= 0 && second >= 0 && fraction >= 0;
        if (!numbers || hour > 23 || minute > 59 || second > 59 || !isDay(year, month, day)) {
            return null;
        }
        for (int digits = length - SHORTEST - 1; length > SHORTEST && digits < 6; digits++) {
            fraction *= 10;
        }
        long minutes = (LocalDate.of(year, month, day).toEpochDay() * 24 + hour) * 60 + minute;
        return exact((minutes * 60 + second) * PER_SECOND + fraction);
    }

    private static boolean isDay(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
    }

    /** The digits from {@code begin} to {@code end}; -1 where one is none. */
    private static int number(String text, int begin, int end) {
        int number = 0;
        for (int i = begin; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
