package io.towpath.migration.switchover.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.OffsetMap;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Span;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProveTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 2);

    @Test
    void whatIsMissingAtTheEndAFlowMayStillCarryAndWhatIsMissingBeforeItHasLost() {
        OffsetMap map = new OffsetMap();
        map.add(0, 0);
        map.add(2, 1);
        Finding inTheMiddle = new Finding(Kind.LOST, ORDERS, new Span(1, 1), null, 1);
        Finding atTheEnd = new Finding(Kind.LOST, ORDERS, new Span(3, 9), null, 7);
        List<PartitionResult> results = List.of(new PartitionResult(
                ORDERS, new Bounds(0, 10, 0, 2), 2, Map.of(Kind.LOST, 8L), List.of(inTheMiddle, atTheEnd), map));
        assertThat(Prove.behind("shop-forward", "dc2", results))
                .containsExactly(
                        "flow shop-forward is behind, or has lost them: dc2 lacks the last 7 records of orders-2");
    }
}
