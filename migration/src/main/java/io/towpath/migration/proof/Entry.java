package io.towpath.migration.proof;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What the proof keeps of one record: never content.
 *
 * @param offset on its own cluster
 * @param hi upper half of the 128-bit digest of key, value, headers in order, timestamp and null flags
 * @param lo lower half of it
 * @param key digest of the key alone; {@link #NO_KEY} when it is null
 * @param value digest of the value alone, null flag included
 * @param headers digest of the headers, in order
 * @param timestamp milliseconds
 * @param tombstone whether the value is null
 */
public record Entry(
        long offset, long hi, long lo, long key, long value, long headers, long timestamp, boolean tombstone) {

    public static final long NO_KEY = 0;

    /** Whether both are copies of one record. */
    boolean same(Entry other) {
        return lo == other.lo && hi == other.hi;
    }

    boolean sameBody(Entry other) {
        return key == other.key && value == other.value;
    }

    boolean sameKey(Entry other) {
        return key == other.key && key != NO_KEY;
    }

    void write(DataOutputStream out) throws IOException {
        for (long part : new long[] {offset, hi, lo, key, value, headers, timestamp}) {
            out.writeLong(part);
        }
        out.writeBoolean(tombstone);
    }

    static Entry read(DataInputStream in) throws IOException {
        return new Entry(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean());
    }
}
