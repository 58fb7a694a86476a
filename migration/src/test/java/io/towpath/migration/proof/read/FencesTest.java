package io.towpath.migration.proof.read;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.OffsetMap;
import io.towpath.migration.proof.PartitionResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FencesTest {

    private static final TopicPartition A0 = new TopicPartition("a", 0);
    private static final TopicPartition A1 = new TopicPartition("a", 1);

    @Test
    void aPartitionOnOneSideAloneIsADifferenceAlsoWhenItIsEmpty() {
        assertThatThrownBy(() -> Fences.refuseOneSided(List.of("a"), Set.of(A0, A1), Set.of(A0)))
                .isInstanceOf(Incomplete.class)
                .hasMessage("the target lacks a-1; towpath plan shows what to change");
        assertThatThrownBy(() -> Fences.refuseOneSided(List.of("a"), Set.of(A0), Set.of(A0, A1)))
                .hasMessageStartingWith("the source lacks a-1");
    }

    @Test
    void aTopicThatNobodyHasIsNoMatch() {
        assertThatThrownBy(() -> Fences.refuseOneSided(List.of("a", "b"), Set.of(A0), Set.of(A0)))
                .hasMessageStartingWith("neither cluster has b");
    }

    @Test
    void aLogThatWasCutAfterItWasJudgedIsNoMatch() {
        PartitionResult before =
                new PartitionResult(A0, new Bounds(0, 100, 0, 100), 100, Map.of(), List.of(), new OffsetMap());
        assertThatCode(() -> Fences.refuseTruncated(before, 100, 100)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Fences.refuseTruncated(before, 100, 60))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("the target's log of a-0 ends at 60");
    }
}
