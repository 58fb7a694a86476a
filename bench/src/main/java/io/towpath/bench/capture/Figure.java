package io.towpath.bench.capture;

import java.util.Locale;

/**
 * What one contender did.
 *
 * @param rate changes a second, from the first that a reader saw to the last
 * @param cpu processor seconds of the worker per 1,000 changes, its connectors' start included
 * @param bytes of a change as it is written: key, value and headers
 * @param heapMegabytes live heap of the worker afterwards
 * @param peakMegabytes largest resident memory of the worker so far
 */
record Figure(
        String contender, int databases, double rate, double cpu, long bytes, long heapMegabytes, long peakMegabytes) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-16s %d database%s %,9.0f changes/s   %.4f processor s per 1,000   %3d bytes each   heap %3d MB live, %4d MB resident at most",
                contender,
                databases,
                databases == 1 ? ": " : "s:",
                rate,
                cpu,
                bytes,
                heapMegabytes,
                peakMegabytes);
    }
}
