package io.towpath.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CapacityTest {

    @Test
    void aPartitionThatTakesMoreThanTwiceTheMeanIsHot() {
        Capacity capacity = new Capacity(
                Answer.of(Map.of(at(0), 100L, at(1), 300L)), Map.of(at(0), 10.0, at(1), 10.0, at(2), 80.0));
        assertThat(capacity.topics())
                .containsExactly(new Capacity.OfTopic("t", 400, 100, java.util.List.of("2 (80 %)")));
    }

    @Test
    void aTopicAtRestHasNoHotPartition() {
        assertThat(new Capacity(Answer.of(Map.of(at(0), 1L)), Map.of(at(0), 0.0, at(1), 0.01))
                        .topics()
                        .get(0)
                        .hot())
                .isEmpty();
    }

    @Test
    void theTimeToCopyIsThatOfAllBytesAndUnknownWhereTheyAre() {
        assertThat(new Capacity(Answer.of(Map.of(at(0), 5_000L, at(1), 5_000L)), Map.of()).timeToCopy(1000))
                .hasValue(Duration.ofSeconds(10));
        assertThat(new Capacity(Answer.lacking(Map.of(), "no"), Map.of()).timeToCopy(1000))
                .isEmpty();
    }

    private static TopicPartition at(int partition) {
        return new TopicPartition("t", partition);
    }
}
