package io.towpath.migration.switchover;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.OffsetMap;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AcceptedFindingsTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final Finding LOST = new Finding(Kind.LOST, ORDERS, new Span(5, 6), null, 2);
    private static final AcceptedFindings ACCEPTED = new AcceptedFindings(Set.of("orders-0, source 5..6 (2 records)"));

    private static List<PartitionResult> with(Map<Kind, Long> counts, Finding... findings) {
        return List.of(
                new PartitionResult(ORDERS, new Bounds(0, 10, 0, 10), 10, counts, List.of(findings), new OffsetMap()));
    }

    @Test
    void aFindingIsAcceptedAtItsPlaceAndNoOther() {
        List<PartitionResult> known = with(Map.of(Kind.LOST, 2L), LOST);
        assertThat(AcceptedFindings.NONE.against(known, false))
                .containsExactly("lost orders-0, source 5..6 (2 records)");
        assertThat(ACCEPTED.against(known, false)).isEmpty();
        Finding next = new Finding(Kind.LOST, ORDERS, new Span(9, 9), null, 1);
        assertThat(ACCEPTED.against(with(Map.of(Kind.LOST, 3L), LOST, next), false))
                .containsExactly("lost orders-0, source 9");
    }

    @Test
    void aPlaceIsSaidFromSourceToTargetWhicheverWayTheProofWent() {
        Finding back = new Finding(Kind.FOREIGN, ORDERS, null, new Span(5, 6), 2);
        List<PartitionResult> seenBack = with(Map.of(Kind.FOREIGN, 2L), back);
        assertThat(ACCEPTED.against(seenBack, true)).isEmpty();
        assertThat(AcceptedFindings.NONE.against(seenBack, true))
                .containsExactly("foreign orders-0, source 5..6 (2 records)");
    }

    @Test
    void whatCannotBeListedCannotBeAccepted() {
        assertThat(ACCEPTED.against(with(Map.of(Kind.LOST, 7L), LOST), false))
                .containsExactly("5 more in orders-0 than can be listed");
    }

    @Test
    void missingCoverageIsNoFinding() {
        assertThat(AcceptedFindings.NONE.against(
                        with(
                                Map.of(Kind.NOT_PROVEN, 1L),
                                new Finding(Kind.NOT_PROVEN, ORDERS, new Span(1, 1), null, 1)),
                        false))
                .isEmpty();
    }
}
