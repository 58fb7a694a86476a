package io.towpath.migration.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FlowMetricsTest {

    @Test
    void progressAndTimeToLossAreThereForACollector() {
        assertThat(shown(150, OptionalDouble.of(90)).lines())
                .contains(
                        "# TYPE towpath_mirror_time_to_loss_seconds gauge",
                        "towpath_mirror_time_to_loss_seconds{flow=\"shop-forward\"} 90.000",
                        "towpath_mirror_left_offsets{flow=\"shop-forward\",topic=\"orders\"} 850",
                        "towpath_mirror_copied_offsets_per_second{flow=\"shop-forward\",topic=\"orders\"} 5.000");
        assertThat(shown(1000, OptionalDouble.of(Double.POSITIVE_INFINITY)))
                .contains("time_to_loss_seconds{flow=\"shop-forward\"} +Inf");
        assertThat(shown(1000, OptionalDouble.empty())).doesNotContain("time_to_loss_seconds{");
    }

    private static String shown(long next, OptionalDouble timeToLoss) {
        return FlowMetrics.of("shop-forward", new Speed(look(0, 100), look(10, next)), timeToLoss)
                .text();
    }

    private static Look look(int second, long next) {
        return new Look(
                Instant.EPOCH.plusSeconds(second),
                Map.of(new TopicPartition("orders", 0), new Look.Partition(next, 0, 1000)),
                Map.of("orders", "id"));
    }
}
