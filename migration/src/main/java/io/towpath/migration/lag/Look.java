package io.towpath.migration.lag;

/**
 * One look at one partition of one group.
 *
 * @param committed next offset that the group has committed
 * @param end last stable offset of the partition: what a {@code read_committed} reader may read
 * @param owned whether a member of the group is assigned the partition
 */
public record Look(long committed, long end, boolean owned) {

    /** Offsets between the group and the end, at least 0. Markers of transactions count; {@link Remainder} knows them. */
    public long lag() {
        return Math.max(0, end - committed);
    }
}
