package io.towpath.migration.proof.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Checkpoint;
import io.towpath.migration.proof.Epochs;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.OffsetMap;
import io.towpath.migration.proof.PartitionResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {

    @TempDir
    private Path directory;

    @Test
    void aDifferenceIsNotKeptBecauseWhatIsLateMayComeYet() {
        CheckpointFile file = new CheckpointFile(directory.resolve("proof"));
        file.keep(judged(100, Map.of()));
        file.keep(judged(150, Map.of(Kind.LOST, 50L)));
        assertThat(file.read().results().get(0).sourceNext()).isEqualTo(100);
        file.keep(judged(200, Map.of(Kind.NOT_PROVEN, 5L)));
        assertThat(file.read().results().get(0).sourceNext()).isEqualTo(200);
    }

    private static Checkpoint judged(long to, Map<Kind, Long> counts) {
        PartitionResult result = new PartitionResult(
                new TopicPartition("t", 0), new Bounds(0, to, 0, to), to, counts, List.of(), new OffsetMap());
        return new Checkpoint(List.of(result), Map.of(), Epochs.NONE, Instant.EPOCH, true);
    }
}
