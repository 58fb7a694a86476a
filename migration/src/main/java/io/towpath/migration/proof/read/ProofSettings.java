package io.towpath.migration.proof.read;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the proof is run.
 *
 * @param patience how long the target may stand still before what it lacks is called lost
 * @param remembered most records without counterpart that are kept in memory to be named
 * @param keysInMemory most keys per compacted partition in memory
 * @param directory takes spilled keys
 */
public record ProofSettings(Duration patience, long remembered, int keysInMemory, Path directory) {

    public static ProofSettings defaults(Duration patience) {
        return new ProofSettings(patience, 300_000, 100_000, Path.of(System.getProperty("java.io.tmpdir")));
    }
}
