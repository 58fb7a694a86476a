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
 * @param sample the last so many offsets of every partition were looked at; 0 for all
 */
public record Proven(
        Migration migration, List<PartitionResult> results, Instant from, Instant to, Duration patience, long sample) {

    public Proven {
        results = List.copyOf(results);
    }

    public Verdict verdict() {
        return Verdict.of(results);
    }
}
