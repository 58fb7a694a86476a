package io.towpath.migration.switchover;

import io.towpath.migration.config.Migration;
import io.towpath.migration.journal.Side;
import io.towpath.migration.proof.Checkpoint;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.proof.read.CheckpointFile;
import io.towpath.migration.proof.read.Proof;
import io.towpath.migration.proof.read.ProofSettings;
import io.towpath.migration.proof.read.Reached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The proof of a whole migration, going on in either direction. Segment after segment both logs hold the same records in
 * the same order, so one proof covers all; only who waits for whom changes with the direction.
 *
 * <p>Always: what is kept in the file is seen from source to target, and holds no difference that nobody has accepted.
 */
public final class ProofLine {

    private static final long ROUND = 500_000;

    private final Migration migration;
    private final Side from;
    private final ProofStore kept;
    private final Duration patience;
    private final AcceptedFindings accepted;
    private List<PartitionResult> results = List.of();

    /**
     * A proof of one run.
     *
     * @param from the side that is carried over
     * @param kept where the proof is kept, for runs to come
     */
    public ProofLine(Migration migration, Side from, ProofStore kept, Duration patience) {
        this.migration = migration;
        this.from = from;
        this.kept = kept;
        this.patience = patience;
        this.accepted = new AcceptedFindings(migration.switching().acceptedPlaces());
    }

    /** Proves up to now; what the other side lacks is waited for. */
    public Verdict catchUp(Collection<String> topics) {
        Reached reached = tried(topics);
        results = reached.results();
        if (against().isEmpty()) {
            kept.keep().accept(sided(reached.kept()));
        }
        return Verdict.of(results);
    }

    /** The differences of what was proven last that nobody has accepted, seen from source to target. */
    public List<String> against() {
        return accepted.against(results, from == Side.TARGET);
    }

    private Reached tried(Collection<String> topics) {
        try {
            Path scratch = Files.createTempFile("towpath-" + migration.name(), ".proof");
            try {
                CheckpointFile tried = new CheckpointFile(scratch);
                tried.write(sided(kept.beginning(accepted)));
                Proof proof = new Proof(
                        from.cluster(migration), from.other().cluster(migration), ProofSettings.defaults(patience));
                return proof.catchUp(topics, tried, ROUND, (read, wanted, matched) -> {});
            } finally {
                Files.deleteIfExists(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the proof's scratch file cannot be made", e);
        }
    }

    private Checkpoint sided(Checkpoint checkpoint) {
        return from == Side.SOURCE ? checkpoint : checkpoint.reversed();
    }

    /** What was proven by this run, seen from the side that is carried over; empty before it proved anything. */
    public List<PartitionResult> results() {
        return results;
    }

    /** What an earlier run has kept, seen from source to target. */
    public List<PartitionResult> earlier() {
        return new CheckpointFile(kept.file()).read().results();
    }
}
