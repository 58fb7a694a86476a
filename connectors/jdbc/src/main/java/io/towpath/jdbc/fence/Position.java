package io.towpath.jdbc.fence;

/**
 * What the offsets table holds for one partition.
 *
 * @param next offset of the next record to write; {@link #UNKNOWN} before the first
 * @param epoch raised by each owner of the partition
 */
public record Position(long next, long epoch) {
    /** No record was written yet: whatever comes first is taken. */
    public static final long UNKNOWN = -1;
}
