package io.towpath.migration.proof;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells, batch by batch, why the offsets of some places of a log have no record. Compaction takes records out of batches and
 * whole batches out of a log. It takes the data of aborted transactions at once; and markers of transactions whose records
 * are gone, but only after the topic's {@code delete.retention.ms}.
 *
 * <pre>
 * offsets   0 1 2 3 4   5   6 7 8 9   10
 * batches  [a . . b .] (M)  . . . .  [c]     M: marker
 *             taken    never untold, or taken if M is younger than delete.retention.ms and no transaction is aborted
 *                                    after it that may have begun before it
 * </pre>
 *
 * <p>Memory: a few numbers per place and one per producer, however long the log is.
 */
public final class BatchScan {

    /** What a batch holds. */
    public enum Content {
        RECORDS,
        ABORTED,
        COMMIT_MARKER,
        ABORT_MARKER;

        boolean isMarker() {
            return this == COMMIT_MARKER || this == ABORT_MARKER;
        }
    }

    /**
     * One batch.
     *
     * @param producer its producer's id
     * @param timestamp milliseconds: when it was written, if it is a marker
     */
    public record Batch(long first, long last, Content content, boolean transactional, long producer, long timestamp) {}

    private final long markersSince;
    private final List<Span> places;
    private final long[] never;
    private final long[] taken;
    private final long[] untold;
    private final Map<Long, Long> markerOf = new HashMap<>();
    private int place;
    private long next;
    private long lastMarker = Long.MIN_VALUE;
    private boolean transactional;

    /**
     * A scan from the first place on.
     *
     * @param places in order, none of them empty; at least one
     * @param markersSince milliseconds: a marker written since then is still there
     */
    public BatchScan(List<Span> places, long markersSince) {
        this.places = List.copyOf(places);
        this.next = places.get(0).from();
        this.markersSince = markersSince;
        this.never = new long[places.size()];
        this.taken = new long[places.size()];
        this.untold = new long[places.size()];
    }

    /** The batch after all others. */
    public void batch(Batch batch) {
        transactional |= batch.transactional();
        count(next, batch.first(), lastMarker < markersSince ? untold : taken);
        if (batch.content() != Content.RECORDS) {
            count(Math.max(next, batch.first()), batch.last() + 1, never);
        }
        if (batch.content() == Content.ABORT_MARKER) {
            doubt(markerOf.getOrDefault(batch.producer(), -1L), batch.first());
        }
        if (batch.content().isMarker()) {
            markerOf.put(batch.producer(), batch.first());
            lastMarker = Math.max(lastMarker, batch.timestamp());
        }
        next = Math.max(next, batch.last() + 1);
        while (place < places.size() && places.get(place).to() < next) {
            place++;
        }
    }

    /** Adds what {@code [from, to)} has of each place. */
    private void count(long from, long to, long[] sums) {
        for (int i = place; i < places.size() && places.get(i).from() < to; i++) {
            long some = Math.min(to, places.get(i).to() + 1)
                    - Math.max(from, places.get(i).from());
            sums[i] += Math.max(0, some);
        }
    }

    /** The data of a transaction that was aborted may have been all that stood in the holes since {@code after}. */
    private void doubt(long after, long marker) {
        for (int i = Math.min(place, places.size() - 1); i >= 0 && places.get(i).to() > after; i--) {
            if (places.get(i).from() < marker) {
                untold[i] += taken[i];
                taken[i] = 0;
            }
        }
    }

    /** Where the scan has come to. */
    public long next() {
        return next;
    }

    /** Whether the log's end may say more: all places are passed, but an abort may follow that explains their holes. */
    public boolean mayLearn() {
        return place < places.size() || Arrays.stream(taken).anyMatch(holes -> holes > 0);
    }

    /** What was counted per place, laid at the end of each. A log without any transaction has lost no marker. */
    public Vacancies vacancies() {
        Ranges nevers = new Ranges();
        Ranges untolds = new Ranges();
        for (int i = 0; i < places.size(); i++) {
            long end = places.get(i).to() + 1;
            nevers.add(end - never[i], end);
            untolds.add(end - (transactional ? untold[i] : 0), end);
        }
        return new Vacancies(nevers, untolds);
    }
}
