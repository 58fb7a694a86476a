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
 * @param patience how long the target could stand still before its lacks were called lost
 */
public record Proven(Migration migration, List<PartitionResult> results, Instant from, Instant to, Duration patience) {

    public Proven {
        results = List.copyOf(results);
    }

    public Verdict verdict() {
        return Verdict.of(results);
    }
}
