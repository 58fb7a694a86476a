package io.towpath.migration.report;

import io.towpath.migration.config.Migration;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A proof and its circumstances.
 *
 * @param since when the kept proof began that this one went on from; {@code from} or later when it began anew
 * @param from when its own fence was read
 * @param patience how long the target could stand still before its lacks were called lost
 * @param sample the last so many offsets of every partition were looked at; 0 for all
 * @param waiting offsets below the fence that wait for the target: counted as not proven
 * @param unplanned topics that migration.yaml names and an applied plan did not know: not looked at
 */
public record Proven(
        Migration migration,
        List<PartitionResult> results,
        Instant since,
        Instant from,
        Instant to,
        Duration patience,
        long sample,
        long waiting,
        List<String> unplanned) {

    public Proven {
        results = List.copyOf(results);
        unplanned = List.copyOf(unplanned);
    }

    /** Whether it went on from a kept proof. */
    public boolean wentOn() {
        return since.isBefore(from);
    }

    public Verdict verdict() {
        return Verdict.of(results);
    }
}
