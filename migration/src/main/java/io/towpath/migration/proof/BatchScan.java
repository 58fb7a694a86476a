package io.towpath.migration.proof;

/**
 * Tells, batch by batch, why the offsets of a log have no record. Compaction takes records out of batches and whole
 * batches out of a log, and only after the topic's {@code delete.retention.ms} also markers of transactions whose records
 * are gone.
 *
 * <pre>
 * offsets   0 1 2 3 4   5   6 7 8 9   10
 * batches  [a . . b .] (M)  . . . .  [c]     M: marker
 *             taken    never untold, or taken if M is younger than delete.retention.ms
 * </pre>
 */
public final class BatchScan {

    /** What a batch holds. */
    public enum Content {
        RECORDS,
        ABORTED,
        MARKER
    }

    private final long markersSince;
    private final Ranges never = new Ranges();
    private final Ranges untold = new Ranges();
    private long next;
    private long lastMarker = Long.MIN_VALUE;
    private boolean transactional;

    /**
     * A scan from an offset on.
     *
     * @param markersSince milliseconds: a marker written since then is still there
     */
    public BatchScan(long from, long markersSince) {
        this.next = from;
        this.markersSince = markersSince;
    }

    /** The next batch: first and last offset, and when it was written if it is a marker. */
    public void batch(long first, long last, Content content, boolean ofTransaction, long timestamp) {
        transactional |= ofTransaction;
        if (lastMarker < markersSince) {
            untold.add(next, first);
        }
        if (content != Content.RECORDS) {
            never.add(Math.max(next, first), last + 1);
        }
        if (content == Content.MARKER) {
            lastMarker = Math.max(lastMarker, timestamp);
        }
        next = Math.max(next, last + 1);
    }

    /** Where the scan has come to. */
    public long next() {
        return next;
    }

    /** A log without any transaction has lost no marker. */
    public Vacancies vacancies() {
        return new Vacancies(never, transactional ? untold : new Ranges());
    }
}
