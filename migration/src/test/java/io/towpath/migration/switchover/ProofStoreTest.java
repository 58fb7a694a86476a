package io.towpath.migration.switchover;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Checkpoint;
import io.towpath.migration.proof.Epochs;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.OffsetMap;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.read.CheckpointFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofStoreTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    @TempDir
    private Path directory;

    private final List<String> told = new ArrayList<>();

    private static Checkpoint with(Map<Kind, Long> counts) {
        OffsetMap map = new OffsetMap();
        map.add(0, 0);
        PartitionResult result = new PartitionResult(ORDERS, new Bounds(0, 10, 0, 10), 10, counts, List.of(), map);
        return new Checkpoint(List.of(result), Map.of("source orders", "id"), Epochs.NONE, Instant.EPOCH, true);
    }

    private ProofStore keeping(Checkpoint checkpoint) {
        Path file = directory.resolve("proof");
        new CheckpointFile(file).write(checkpoint);
        return ProofStore.readOnly(file, told::add);
    }

    @Test
    void aKeptMatchIsGoneOnFrom() {
        assertThat(keeping(with(Map.of())).beginning(AcceptedFindings.NONE).results())
                .hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void aKeptDifferenceIsNoBeginningAndThatIsSaid() {
        assertThat(keeping(with(Map.of(Kind.LOST, 2L)))
                        .beginning(AcceptedFindings.NONE)
                        .results())
                .isEmpty();
        assertThat(told).singleElement().asString().contains("is no match", "all is proven anew");
    }

    @Test
    void whatIsOnlyReadIsNeverWritten() {
        ProofStore store = keeping(with(Map.of()));
        store.keep().accept(Checkpoint.NONE);
        assertThat(store.beginning(AcceptedFindings.NONE).results()).hasSize(1);
    }
}
