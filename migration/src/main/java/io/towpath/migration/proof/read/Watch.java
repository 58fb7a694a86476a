package io.towpath.migration.proof.read;

import io.towpath.migration.Patience;
import io.towpath.migration.proof.PartitionProof;
import java.time.Duration;
import java.util.Collection;

/** Waits for the comparison, and decides when the target stands still. */
record Watch(Collection<PartitionProof> proofs, Duration patience, Progress progress) {

    private static final Duration LOOK = Duration.ofMillis(100);

    void untilCompared(Runnable check) {
        long last = -1;
        long movedAt = System.nanoTime();
        long toldAt = movedAt;
        Patience pause = new Patience(LOOK, LOOK);
        while (!proofs.stream().allMatch(PartitionProof::complete)) {
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

    /** Nothing has moved for long: the flow is behind for good, or a cluster does not answer. */
    private boolean stands() {
        for (PartitionProof proof : proofs) {
            if (!proof.targetRead() && proof.wantsTarget()) {
                throw new ReadFailure("the target stopped answering at " + proof.partition());
            }
            if (!proof.sourceRead() && proof.wantsSource()) {
                throw new ReadFailure("the source stopped answering at " + proof.partition());
            }
        }
        proofs.stream().filter(proof -> !proof.complete()).forEach(PartitionProof::targetStands);
        return proofs.stream().allMatch(PartitionProof::sourceRead);
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
