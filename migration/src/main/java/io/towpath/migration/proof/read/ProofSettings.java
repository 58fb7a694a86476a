package io.towpath.migration.proof.read;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the proof is run.
 *
 * @param patience how long the target may stand still before what it lacks is called lost
 * @param remembered most records without counterpart that are kept in memory to be named
 * @param keysInMemory most keys of compacted partitions in memory, all together
 * @param directory takes spilled keys
 * @param sample only the last so many offsets of every partition are compared, all others are not proven; 0 for all
 */
public record ProofSettings(Duration patience, long remembered, int keysInMemory, Path directory, long sample) {

    /** A patience that never ends: what the target lacks is waited for. */
    public static final Duration FOR_EVER = Duration.ofDays(365);

    boolean endless() {
        return patience.compareTo(FOR_EVER) >= 0;
    }

    /** What may be remembered follows from the heap: about a third of it at most. */
    public static ProofSettings defaults(Duration patience) {
        long heap = Runtime.getRuntime().maxMemory();
        return new ProofSettings(
                patience,
                Math.min(1_000_000, heap / 1_000),
                (int) Math.min(500_000, heap / 1_500),
                Path.of(System.getProperty("java.io.tmpdir")),
                0);
    }

    /** The same for a look at the last {@code offsets} of every partition. */
    public ProofSettings sampling(long offsets) {
        return new ProofSettings(patience, remembered, keysInMemory, directory, offsets);
    }
}
