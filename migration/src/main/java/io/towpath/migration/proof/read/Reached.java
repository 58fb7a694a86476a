package io.towpath.migration.proof.read;

import io.towpath.migration.proof.Checkpoint;
import io.towpath.migration.proof.PartitionResult;
import java.util.List;

/**
 * How far a proof has come.
 *
 * @param kept to go on from
 * @param results per partition, sorted, as the logs stand now: of what was once compared, what the target has deleted since
 *     is missing coverage, and so is what waits
 * @param waiting offsets below the fences that are left to the next proof
 */
public record Reached(Checkpoint kept, List<PartitionResult> results, long waiting) {

    public Reached {
        results = List.copyOf(results);
    }
}
