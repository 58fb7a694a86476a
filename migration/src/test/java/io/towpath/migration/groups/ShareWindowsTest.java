package io.towpath.migration.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.groups.Group.Position;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ShareWindowsTest {

    private static final TopicPartition TP = new TopicPartition("t", 0);

    @Test
    void recordsThatArriveBetweenTwoQuestionsAreNotTakenForAcknowledged() {
        ArrayDeque<Long> ends = new ArrayDeque<>(List.of(100L, 105L, 105L));
        ArrayDeque<Long> lags = new ArrayDeque<>(List.of(0L, 0L, 5L));
        ShareWindows windows = new ShareWindows(() -> window(50, lags.poll()), partitions -> Map.of(TP, ends.poll()));
        // all up to 100 is acknowledged, none of the five after it: 50 of 55 lie beyond the start
        assertThat(windows.positions()).contains(Map.of(TP, new Position(50, "", 50)));
    }

    @Test
    void aGroupWithoutLagGoesOnAtTheEnd() {
        ShareWindows windows = new ShareWindows(() -> window(50, 0L), partitions -> Map.of(TP, 100L));
        assertThat(windows.positions()).contains(Map.of(TP, new Position(100, "", 0)));
    }

    @Test
    void anEndThatNeverStandsStillTellsNothing() {
        AtomicLong end = new AtomicLong(100);
        ShareWindows windows = new ShareWindows(() -> window(50, 0L), partitions -> Map.of(TP, end.incrementAndGet()));
        assertThat(windows.positions()).isEmpty();
    }

    private static Map<TopicPartition, SharePartitionOffsetInfo> window(long start, Long lag) {
        return Map.of(TP, new SharePartitionOffsetInfo(start, Optional.of(0), Optional.of(lag)));
    }
}
