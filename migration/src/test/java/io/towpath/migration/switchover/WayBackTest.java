package io.towpath.migration.switchover;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.switchover.WayBack.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WayBackTest {

    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition LOGINS = new TopicPartition("logins", 0);
    private static final Duration WEEK = Duration.ofDays(7);

    private static List<String> said(Pending orders, Pending logins) {
        return new WayBack(Map.of(ORDERS, orders, LOGINS, logins)).lines(NOW);
    }

    private static Pending home(Duration kept) {
        return new Pending(null, kept, false, 0);
    }

    @Test
    void withEverythingHomeAndProvenTheShortestRetentionCounts() {
        assertThat(said(home(WEEK), home(Duration.ofDays(1))))
                .containsExactly("safe to roll back until 2026-01-11T00:00:00Z even if the flow stopped now: logins-0"
                        + " keeps records for 24 h, and all of it is home and proven");
    }

    @Test
    void whatIsNotHomeYetIsAsOldAsItIsAndNotYounger() {
        Pending sixDaysOld = new Pending(NOW.minus(Duration.ofDays(6)), WEEK, false, 0);
        assertThat(said(sixDaysOld, home(Duration.ofDays(2))))
                .containsExactly("safe to roll back until 2026-01-11T00:00:00Z even if the flow stopped now: orders-0"
                        + " keeps records for 168 h, and its oldest one not home or not proven is of"
                        + " 2026-01-04T00:00:00Z");
    }

    @Test
    void whatMayBeDeletedAtAnyMomentIsNotCalledSafe() {
        Pending tooOld = new Pending(NOW.minus(Duration.ofDays(8)), WEEK, false, 0);
        assertThat(said(tooOld, home(null)))
                .singleElement()
                .asString()
                .startsWith("NOT safe to roll back later than now: orders-0 keeps records for 168 h");
    }

    @Test
    void whatWasDeletedBeforeItCameHomeIsSaidWithItsPartition() {
        assertThat(said(new Pending(null, WEEK, false, 12), home(null)))
                .containsExactly("NOT safe to roll back: orders-0: 12 offsets were deleted before they came home");
    }

    @Test
    void deletionBySizeIsSaidOnlyWhereSomethingIsOwed() {
        Pending owed = new Pending(NOW, null, true, 0);
        Pending settled = new Pending(null, null, true, 0);
        assertThat(said(owed, settled))
                .containsExactly(
                        "safe to roll back: nothing is deleted by age",
                        "orders-0: retention.bytes may delete earlier what is not home or not proven; no time can be"
                                + " said");
        assertThat(new WayBack(Map.of()).lines(NOW)).containsExactly("safe to roll back: nothing is deleted by age");
    }
}
