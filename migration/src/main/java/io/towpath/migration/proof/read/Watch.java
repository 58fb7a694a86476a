package io.towpath.migration.proof.read;

import io.towpath.migration.Patience;
import io.towpath.migration.proof.PartitionProof;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Waits for the comparison, and decides when the target stands still. */
final class Watch {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Collection<PartitionProof> proofs;
    private final Duration patience;
    private final Progress progress;
    private final Map<PartitionProof, Still> still = new HashMap<>();

    Watch(Collection<PartitionProof> proofs, Duration patience, Progress progress) {
        this.proofs = proofs;
        this.patience = patience;
        this.progress = progress;
    }

    /** Since when (of {@link System#nanoTime}) a partition has made no progress. */
    private record Still(long progress, long since) {}

    void untilCompared(Runnable check) {
        long last = -1;
        long movedAt = System.nanoTime();
        long toldAt = movedAt;
        Patience pause = new Patience(LOOK, LOOK);
        while (!proofs.stream().allMatch(this::over)) {
            check.run();
            long now = System.nanoTime();
            long sum = proofs.stream().mapToLong(PartitionProof::progress).sum();
            movedAt = sum == last ? movedAt : now;
            last = sum;
            if (now - movedAt > patience.toNanos() && stands()) {
                return;
            }
            if (now - toldAt > 1_000_000_000L) {
                toldAt = now;
                tell();
            }
            pause.pause();
        }
        tell();
    }

    /** All is compared, or all that can be by now and the rest is left to the next proof. */
    private boolean over(PartitionProof proof) {
        if (proof.complete()) {
            return true;
        }
        long progressNow = proof.progress();
        Still before = still.get(proof);
        if (before == null || before.progress != progressNow) {
            still.put(proof, new Still(progressNow, System.nanoTime()));
            return false;
        }
        return proof.leavesTheRest() && silent(proof) == null && System.nanoTime() - before.since > SETTLED.toNanos();
    }

    /** Nothing has moved for long: the flow is behind for good, or a cluster does not answer. */
    private boolean stands() {
        for (PartitionProof proof : proofs) {
            String side = silent(proof);
            if (side != null) {
                throw new ReadFailure("the " + side + " stopped answering at " + proof.partition());
            }
        }
        proofs.stream().filter(proof -> !proof.complete()).forEach(PartitionProof::targetStands);
        return proofs.stream().allMatch(PartitionProof::sourceRead);
    }

    /** The side from which more is expected; null when what could be read was read. */
    private static String silent(PartitionProof proof) {
        if (!proof.targetRead() && proof.wantsTarget()) {
            return "target";
        }
        return !proof.sourceRead() && proof.wantsSource() ? "source" : null;
    }

    private void tell() {
        long read = 0;
        long wanted = 0;
        long matched = 0;
        for (PartitionProof proof : proofs) {
            read += proof.sourcePosition() - proof.bounds().sourceFrom();
            wanted += Math.max(0, proof.bounds().sourceFence() - proof.bounds().sourceFrom());
            matched += proof.matched();
        }
        progress.at(read, wanted, matched);
    }
}
