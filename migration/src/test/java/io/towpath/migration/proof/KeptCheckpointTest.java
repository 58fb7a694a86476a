package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import io.towpath.migration.Kept;
import io.towpath.migration.proof.read.CheckpointFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kept proof's form, the offset map in it: what an earlier build wrote is read, a later build's refused in words. */
class KeptCheckpointTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 3);

    @Test
    void whatTheFirstBuildOfTheFormatWroteIsReadAndStillWrittenSo() throws IOException {
        byte[] today = bytes();
        byte[] kept = Kept.bytes("checkpoint-2.bin", today);

        Checkpoint read = Checkpoint.read(new ByteArrayInputStream(kept));

        assertThat(read.whole()).isTrue();
        assertThat(read.since()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
        assertThat(read.topics()).isEqualTo(Map.of("source orders", "an-id"));
        assertThat(read.epochs().source()).isEqualTo(Map.of(ORDERS, 4));
        PartitionResult result = read.results().get(0);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.NOT_PROVEN, 5L));
        assertThat(result.findings()).containsExactly(new Finding(Kind.NOT_PROVEN, ORDERS, new Span(7, 11), null, 5));
        assertThat(result.matched()).isEqualTo(95);
        assertThat(result.map().toTarget(20)).hasValue(15);
        assertThat(today)
                .as("another form needs another version: raise Checkpoint.VERSION and keep a file of it")
                .isEqualTo(kept);
    }

    /** Of a proof that was gone on from once; its partitions went through an exactly-once flow, whose markers are holes. */
    @Test
    void whatARunHasLeftIsReadWholeAndWrittenAgain() throws IOException {
        Checkpoint read = Checkpoint.read(new ByteArrayInputStream(Kept.ofARun("checkpoint-2.run.bin")));
        assertThat(read.results()).extracting(PartitionResult::matched).containsExactlyInAnyOrder(1000L, 50L);
        assertThat(read.results()).allSatisfy(result -> {
            assertThat(result.findings()).isEmpty();
            assertThat(result.map().toTarget(0)).hasValue(0);
            assertThat(result.map().toTarget(result.matched() - 1)).isPresent();
        });
        assertThat(read.topics()).containsKeys("source followed", "target followed");
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        read.write(again);
        Checkpoint same = Checkpoint.read(new ByteArrayInputStream(again.toByteArray()));
        assertThat(same).usingRecursiveComparison().isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint-2.bin", "checkpoint-2.run.bin"})
    void aNewerFormatIsRefusedInWords(String name, @TempDir Path folder) throws IOException {
        byte[] newer = Kept.ofARun(name);
        newer[3]++;
        Path file = Files.write(folder.resolve("proof"), newer);
        assertThatThrownBy(() -> new CheckpointFile(file).read())
                .isInstanceOf(BadInput.class)
                .hasMessage(file + ": no checkpoint of this version; delete it to prove anew")
                .hasRootCauseMessage("version 3 given; wanted: 2");
    }

    /** At most one of each kind of entry: the order of more is not settled. */
    private static byte[] bytes() throws IOException {
        OffsetMap map = new OffsetMap();
        map.addRun(new OffsetMap.Run(0, 0, 7));
        map.addRun(new OffsetMap.Run(12, 7, 88));
        PartitionResult result = new PartitionResult(
                ORDERS,
                new Bounds(0, 100, 0, 95),
                95,
                Map.of(Kind.NOT_PROVEN, 5L),
                List.of(new Finding(Kind.NOT_PROVEN, ORDERS, new Span(7, 11), null, 5)),
                map);
        Checkpoint checkpoint = new Checkpoint(
                List.of(result),
                Map.of("source orders", "an-id"),
                new Epochs(Map.of(ORDERS, 4), Map.of()),
                Instant.parse("2026-11-22T12:00:00Z"),
                true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        checkpoint.write(out);
        return out.toByteArray();
    }
}
