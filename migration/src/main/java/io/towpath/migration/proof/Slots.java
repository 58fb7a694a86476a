package io.towpath.migration.proof;

/**
 * How many records one side may lack at one place, and why: as many as it has offsets there without a record, and no more.
 *
 * <p>Always: an offset that a marker or an aborted record holds excuses nothing; one of which nothing can be said makes a
 * record superseded, never compacted.
 */
final class Slots {

    private long compacted;
    private long expired;
    private long hidden;
    private long untold;

    /**
     * The offsets of one log between the two of {@code between}, which are not counted.
     *
     * @param present how many of them hold records
     * @param unwatched those below were gone when the log was first looked at; 0 when an earlier proof saw them
     * @param start the log's start by the end
     */
    Slots(Span between, long present, Vacancies vacancies, long unwatched, long start) {
        long after = between.from();
        long before = between.to();
        this.hidden = Gap.hidden(after, before, 0, unwatched);
        this.expired = Gap.hidden(after, before, unwatched, start);
        long from = Math.max(after + 1, Math.max(unwatched, start));
        long empty = Math.max(0, before - after - 1 - hidden - expired - present);
        long vacant = Math.max(0, empty - vacancies.never().in(from, before));
        this.untold = Math.min(vacant, vacancies.untold().in(from, before));
        this.compacted = vacant - untold;
    }

    /** Why the side lacks one more record whose key has a later one; {@code otherwise} when nothing excuses it. */
    Kind superseded(Kind otherwise) {
        if (compacted > 0) {
            compacted--;
            return Kind.COMPACTED;
        }
        Kind gone = deleted(null);
        if (gone == null && untold > 0) {
            untold--;
            return Kind.SUPERSEDED;
        }
        return gone == null ? otherwise : gone;
    }

    /** Why the side lacks one more record that compaction would have kept. */
    Kind deleted(Kind otherwise) {
        if (expired > 0) {
            expired--;
            return Kind.EXPIRED;
        }
        if (hidden > 0) {
            hidden--;
            return Kind.NOT_PROVEN;
        }
        return otherwise;
    }
}
