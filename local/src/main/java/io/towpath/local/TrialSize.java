package io.towpath.local;

import java.util.Locale;

/**
 * How large a test is: small with one fixed seed inside {@code mvn verify}, or as large as asked for by
 * {@code ./towpath trial NAME [--rounds N] [--seed S]}, which runs the same test code.
 *
 * @param trial whether this is a trial
 * @param rounds rounds asked for, 0 if none were
 * @param seed seed asked for, or null
 */
public record TrialSize(boolean trial, int rounds, Long seed) {

    /** The size that the running JVM was started with: {@code towpath.trial}, {@code towpath.rounds}, {@code towpath.seed}. */
    public static TrialSize current() {
        return new TrialSize(
                System.getProperty("towpath.trial") != null,
                Integer.getInteger("towpath.rounds", 0),
                Long.getLong("towpath.seed"));
    }

    /** A number of rows, records, groups …: the first in the build, the second in a trial. */
    public int of(int small, int full) {
        return trial ? full : small;
    }

    /** As {@link #of}, unless a number of rounds was asked for. */
    public int rounds(int small, int full) {
        return rounds > 0 ? rounds : of(small, full);
    }

    /** The seed asked for, else the fixed one. A test prints it where it fails. */
    public long seed(long fixed) {
        return seed == null ? fixed : seed;
    }

    /** Prints a measured figure so that a trial's summary finds it, for example {@code figure kills: 10}. */
    public static void figure(String name, Object value) {
        System.out.printf(Locale.ROOT, "figure %s: %s%n", name, value);
    }
}
