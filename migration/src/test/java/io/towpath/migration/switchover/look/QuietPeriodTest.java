package io.towpath.migration.switchover.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class QuietPeriodTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final Hands clock = new Hands();
    private final QuietPeriod quiet = new QuietPeriod(Duration.ofSeconds(30), clock::nanos);

    /** A clock that is moved by hand; it begins where it soon wraps around, as nanoTime may. */
    private static final class Hands {
        private long nanos = Long.MAX_VALUE - 5;

        long nanos() {
            return nanos;
        }

        void forward(int seconds) {
            nanos += Duration.ofSeconds(seconds).toNanos();
        }
    }

    private static Look at(long end) {
        return new Look(Map.of(ORDERS, end), Map.of(ORDERS, end), Map.of(), Set.of());
    }

    @Test
    void anEmptyClusterIsQuietAfterThePeriodToo() {
        Look nothing = new Look(Map.of(), Map.of(), Map.of(), Set.of());
        assertThat(quiet.reached(nothing)).isFalse();
        clock.forward(30);
        assertThat(quiet.reached(nothing)).isTrue();
    }

    @Test
    void aRecordInTheLastSecondBeginsThePeriodAnew() {
        assertThat(quiet.reached(at(10))).isFalse();
        clock.forward(29);
        assertThat(quiet.reached(at(11))).isFalse();
        assertThat(quiet.unrest()).containsExactly("orders-0: its end moved from 10 to 11");
        clock.forward(29);
        assertThat(quiet.reached(at(11))).isFalse();
        clock.forward(1);
        assertThat(quiet.reached(at(11))).isTrue();
    }

    @Test
    void anOpenTransactionIsNoStillnessHoweverLongItRests() {
        Look open = new Look(Map.of(ORDERS, 12L), Map.of(ORDERS, 10L), Map.of(), Set.of());
        for (int i = 0; i < 5; i++) {
            assertThat(quiet.reached(open)).isFalse();
            clock.forward(30);
        }
        assertThat(quiet.unrest()).containsExactly("orders-0: a transaction is open at 10");
        Look unwritten = new Look(Map.of(ORDERS, 12L), Map.of(ORDERS, 12L), Map.of(), Set.of("shop-tx"));
        assertThat(quiet.reached(unwritten)).isFalse();
        assertThat(quiet.unrest()).containsExactly("transaction shop-tx is not ended");
    }

    @Test
    void aProducerThatMovedIsUnrestAndOneThatExpiredIsNot() {
        assertThat(quiet.reached(with(producer(1)))).isFalse();
        clock.forward(30);
        assertThat(quiet.reached(with(producer(2)))).isFalse();
        assertThat(quiet.unrest()).containsExactly("orders-0: producer 7 was at work");
        clock.forward(30);
        assertThat(quiet.reached(at(10))).isTrue();
    }

    private static Look with(ProducerState state) {
        return new Look(Map.of(ORDERS, 10L), Map.of(ORDERS, 10L), Map.of(ORDERS, Set.of(state)), Set.of());
    }

    private static ProducerState producer(int sequence) {
        return new ProducerState(7, 0, sequence, 0, OptionalInt.empty(), OptionalLong.empty());
    }
}
