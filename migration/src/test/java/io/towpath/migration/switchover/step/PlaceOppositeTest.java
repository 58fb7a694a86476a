package io.towpath.migration.switchover.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PlaceOppositeTest {

    private static final TopicPartition WRITTEN = new TopicPartition("orders", 0);
    private static final TopicPartition EMPTY = new TopicPartition("orders", 1);
    private static final Map<TopicPartition, Long> FENCE = Map.of(WRITTEN, 500L, EMPTY, 0L);

    @Test
    void theLastRecordBelowTheFenceIsTheLastCopiedAndAnEmptyPartitionHasNone() {
        assertThat(PlaceOpposite.wrong(FENCE, Map.of(WRITTEN, 499L))).isEmpty();
    }

    @Test
    void anythingButEqualityIsNamedByPartition() {
        assertThat(PlaceOpposite.wrong(FENCE, Map.of(WRITTEN, 498L)))
                .containsExactly("orders-0: 498 read back; wanted: 499");
        assertThat(PlaceOpposite.wrong(FENCE, Map.of())).containsExactly("orders-0: nothing read back; wanted: 499");
        assertThat(PlaceOpposite.wrong(FENCE, Map.of(WRITTEN, 499L, EMPTY, 3L)))
                .containsExactly("orders-1: 3 read back; wanted: nothing");
    }
}
