package io.towpath.migration.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StablePositionsTest {

    private static final TopicPartition HELD = new TopicPartition("orders", 1);
    private static final Map<TopicPartition, OffsetAndMetadata> ALL =
            Map.of(new TopicPartition("orders", 0), new OffsetAndMetadata(7), HELD, new OffsetAndMetadata(9));
    private static final StablePositions POSITIONS = positions(Duration.ofSeconds(30));

    private int looks;

    private static StablePositions positions(Duration limit) {
        return new StablePositions("dc1", new Patience(limit, Duration.ofMillis(1)));
    }

    @Test
    void everyPositionThatThereIsIsInTheAnswer() {
        assertThat(POSITIONS.of("billing", stable -> ALL)).isEqualTo(ALL);
    }

    @Test
    void onePartOfAnOpenTransactionIsWaitedFor() {
        assertThat(POSITIONS.of("billing", stable -> stable && looks++ < 3 ? without(HELD) : ALL))
                .isEqualTo(ALL);
        assertThat(looks).isEqualTo(4);
    }

    @Test
    void oneThatStaysHeldIsRefusedAndNamed() {
        assertThatThrownBy(() -> positions(Duration.ofMillis(50)).of("billing", stable -> stable ? without(HELD) : ALL))
                .isInstanceOf(GroupFailure.class)
                .hasMessageStartingWith("dc1 did not list the offsets of billing: a transaction holds the next position"
                        + " of orders-1;");
    }

    private static Map<TopicPartition, OffsetAndMetadata> without(TopicPartition left) {
        Map<TopicPartition, OffsetAndMetadata> some = new HashMap<>(ALL);
        some.put(left, null);
        return some;
    }
}
