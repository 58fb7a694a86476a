package io.towpath.capture.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one actor has said of one category, in log order: a value, 16 bytes for each statement.
 *
 * <p>Always: (A) for every position from the floor on, {@link #at} answers as if nothing had ever been left out; (B) for
 * one before it, it answers the same or {@link Verdict#FORGOTTEN}; (C) there are at most {@link #MOST}, the oldest are
 * forgotten first.
 */
final class Statements {

    /** Most statements that are kept. */
    static final int MOST = 32;

    static final Statements NONE = new Statements(new long[0]);

    private static final long NO_TIME = Long.MIN_VALUE >> Verdict.BITS;

    /** Position, then time and verdict, of each statement in turn. */
    private final long[] packed;

    private Statements(long[] packed) {
        this.packed = packed;
    }

    static Statements of(List<Statement> ordered) {
        long[] packed = new long[2 * ordered.size()];
        for (int i = 0; i < ordered.size(); i++) {
            Statement statement = ordered.get(i);
            long time = statement.changedAt() == null
                    ? NO_TIME
                    : statement.changedAt().toEpochMilli();
            packed[2 * i] = statement.position();
            packed[2 * i + 1] = (time << Verdict.BITS) | statement.verdict().code();
        }
        return new Statements(packed);
    }

    /** What holds for that which is committed behind {@code position}; null where nothing was ever said. */
    Statement at(long position) {
        for (int i = packed.length - 2; i >= 0; i -= 2) {
            if (packed[i] <= position) {
                return statement(i);
            }
        }
        return null;
    }

    /**
     * These and one more; one at the same position takes the place of the older.
     *
     * @param floor oldest position at which the log can be read again: of what was said before, the last counts alone
     */
    Statements with(Statement said, long floor) {
        List<Statement> all = all();
        all.removeIf(other -> other.position() == said.position());
        int place = 0;
        while (place < all.size() && all.get(place).position() < said.position()) {
            place++;
        }
        all.add(place, said);
        int needless = 0;
        while (needless + 1 < all.size() && all.get(needless + 1).position() <= floor) {
            needless++;
        }
        return of(forget(all, Math.max(needless, all.size() - MOST)));
    }

    /** The last word alone, for every position: what is left where positions have lost their meaning. */
    Statements settled() {
        Statement last = statement(packed.length - 2);
        return of(List.of(new Statement(Long.MIN_VALUE, last.verdict(), last.changedAt())));
    }

    /** Whether anything was said behind {@code position}. */
    boolean goesBeyond(long position) {
        return packed.length > 0 && packed[packed.length - 2] > position;
    }

    List<Statement> all() {
        List<Statement> all = new ArrayList<>(packed.length / 2 + 1);
        for (int i = 0; i < packed.length; i += 2) {
            all.add(statement(i));
        }
        return all;
    }

    private static List<Statement> forget(List<Statement> all, int count) {
        if (count <= 0 || (count == 1 && all.get(0).verdict() == Verdict.FORGOTTEN)) {
            return all;
        }
        List<Statement> kept = new ArrayList<>(all.subList(count, all.size()));
        kept.add(0, new Statement(Long.MIN_VALUE, Verdict.FORGOTTEN, null));
        return kept;
    }

    private Statement statement(int i) {
        long time = packed[i + 1] >> Verdict.BITS;
        Instant changedAt = time == NO_TIME ? null : Instant.ofEpochMilli(time);
        return new Statement(packed[i], Verdict.of(packed[i + 1]), changedAt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Statements statements && Arrays.equals(packed, statements.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }
}
