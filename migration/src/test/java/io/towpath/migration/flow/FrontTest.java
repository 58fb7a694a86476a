package io.towpath.migration.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FrontTest {

    /** 1,000 offsets at once, one more each second, and a leap of 5,000 between 100 and 200 seconds. */
    private static final Front FRONT =
            new Front(Duration.ofSeconds(60), new TreeMap<>(Map.of(0L, 1000.0, 100_000L, 1100.0, 200_000L, 6100.0)));

    @Test
    void aFlowThatStandsIsOvertakenWhereTheFrontReachesIt() {
        assertThat(FRONT.overtakes(1050, 0)).contains(Duration.ofSeconds(50));
        assertThat(FRONT.overtakes(1100, 0)).contains(Duration.ofSeconds(100));
        assertThat(FRONT.overtakes(3600, 0)).contains(Duration.ofSeconds(150));
        assertThat(FRONT.overtakes(6100, 0)).isEmpty();
    }

    @Test
    void aFlowThatGoesOnIsOvertakenLaterOrNever() {
        assertThat(FRONT.overtakes(1050, 0.001))
                .hasValueSatisfying(
                        left -> assertThat(left).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(102)));
        assertThat(FRONT.overtakes(1050, 0.030)).isEmpty();
    }

    @Test
    void aFlowBehindTheFrontGetsBeforeItOrIsLost() {
        assertThat(FRONT.passed(999)).isTrue();
        assertThat(FRONT.passed(1000)).isFalse();
        assertThat(FRONT.overtakes(500, 0.1)).as("faster than what is deleted").isEmpty();
        assertThat(FRONT.overtakes(500, 0.007))
                .as("before it after about 83 s, overtaken by the leap")
                .hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofSeconds(100)));
        assertThat(FRONT.overtakes(500, 0.001)).as("never before it").contains(Duration.ZERO);
        assertThat(new Front(Duration.ofSeconds(60), new TreeMap<>(Map.of(0L, 1000.0, 100_000L, 1100.0)))
                        .overtakes(500, 0.002))
                .as("not before it in these times, but it gains on it")
                .isEmpty();
    }
}
