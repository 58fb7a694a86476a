package io.towpath.migration.switchover;

import io.towpath.migration.proof.Checkpoint;
import io.towpath.migration.proof.read.CheckpointFile;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a proof is kept between runs.
 *
 * @param keep takes what was proven, seen from source to target
 * @param told takes why what was kept is not gone on from
 */
public record ProofStore(Path file, Consumer<Checkpoint> keep, Consumer<String> told) {

    /** Kept only while the run holds the journal. */
    public static ProofStore of(Acts acts, Path file) {
        return new ProofStore(
                file,
                proven -> {
                    acts.journal().held();
                    new CheckpointFile(file).write(proven);
                },
                acts::say);
    }

    /** Read and never written: a switch may be at work with the same file. */
    public static ProofStore readOnly(Path file, Consumer<String> told) {
        return new ProofStore(file, proven -> {}, told);
    }

    /** What the next proof goes on from. {@code towpath verify} keeps what it found, a difference too: that is no start. */
    Checkpoint beginning(AcceptedFindings accepted) {
        Checkpoint kept = new CheckpointFile(file).read();
        if (accepted.against(kept.results(), false).isEmpty()) {
            return kept;
        }
        told.accept("the proof kept in " + file + " is no match: it is not gone on from, all is proven anew");
        return Checkpoint.NONE;
    }
}
