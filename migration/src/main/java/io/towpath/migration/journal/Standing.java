package io.towpath.migration.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a migration stands: the whole content of its journal.
 *
 * @param format the version of this form
 * @param revision rises with every write; of two copies the higher one is right
 * @param at ISO-8601, when it was written
 * @param by who wrote it: process and host
 * @param open the side that applications write to
 * @param end how the migration ended; NONE while it goes on
 * @param passage the switch under way; null when none is
 * @param locks what keeps writers off the side that is not open, apart from what the passage has added
 */
public record Standing(
        int format,
        String migration,
        long revision,
        String at,
        String by,
        Side open,
        End end,
        Passage passage,
        List<Segment> segments,
        List<Lock> locks) {

    public static final int FORMAT = 1;

    /** How a migration ended. */
    public enum End {
        NONE,
        /** The last audit is over, and what the migration had set up is being removed. */
        FINISHING,
        /** The applications stay on the target. */
        FINISHED,
        /** They went back to the source, and what only the target had was left behind. */
        ABANDONED
    }

    public Standing {
        segments = List.copyOf(segments);
        locks = List.copyOf(locks);
    }

    /** A migration of which nothing was ever written. */
    public static Standing fresh(String migration) {
        return new Standing(FORMAT, migration, 0, "", "", Side.SOURCE, End.NONE, null, List.of(), List.of());
    }

    public Standing with(Passage next) {
        return new Standing(format, migration, revision, at, by, open, end, next, segments, locks);
    }

    /** The passage is over: applications write to its {@code to}, and {@code left} keeps them off the other side. */
    public Standing passed(Segment closed, List<Lock> left) {
        List<Segment> all = new ArrayList<>(segments);
        all.add(closed);
        return new Standing(format, migration, revision, at, by, passage.to(), end, null, all, left);
    }

    public Standing ended(End how, Side openAtLast, List<Lock> left) {
        return new Standing(format, migration, revision, at, by, openAtLast, how, null, segments, left);
    }

    Standing written(String when, String who) {
        return new Standing(FORMAT, migration, revision + 1, when, who, open, end, passage, segments, locks);
    }
}
