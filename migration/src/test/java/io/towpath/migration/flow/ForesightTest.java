package io.towpath.migration.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.config.Asked;
import io.towpath.migration.config.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** A guard of 600 s: it looks every 30 s and knows a speed after 300 s. */
class ForesightTest {

    private static final TopicPartition TP = new TopicPartition("t", 0);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final OptionalDouble NEVER = OptionalDouble.of(Double.POSITIVE_INFINITY);

    private final List<String> said = new ArrayList<>();
    private Fronts.Seen seen = new Fronts.Seen();
    private final Foresight foresight = new Foresight((before, now) -> seen, look(0, 1000), Duration.ofMinutes(10));

    /** The source may delete up to {@code now}, and up to {@code later} in 600 s. */
    private void front(double now, double later) {
        seen = new Fronts.Seen();
        seen.fronts().put(TP, new Front(Duration.ofMinutes(10), new TreeMap<>(Map.of(0L, now, 600_000L, later))));
    }

    private void at(int second, long next) {
        said.addAll(foresight.look(look(second, next)));
    }

    @Test
    void invariantAOneLookIsNoDangerAndTwoInARowAre() {
        front(0, 2000);
        for (int second = 30; second < 300; second += 30) {
            at(second, 1000);
        }
        assertThat(foresight.dangers()).as("no speed is known yet").isEmpty();
        at(300, 1000);
        assertThat(foresight.dangers()).isEmpty();
        at(310, 1000);
        assertThat(foresight.dangers()).as("too early for another look").isEmpty();
        at(330, 1000);
        assertThat(foresight.dangers()).containsExactly(new Danger.Soon(TP, Duration.ofMinutes(5)));
        assertThat(foresight.timeToLoss()).hasValue(300);
        front(0, 900);
        at(360, 1000);
        assertThat(foresight.dangers()).isEmpty();
        assertThat(foresight.timeToLoss()).isEqualTo(NEVER);
    }

    @Test
    void aFlowThatReadsItsPartitionsInTurnsIsNotTakenForOneThatStands() {
        for (int second = 30; second <= 900; second += 30) {
            front(second, second + 600);
            at(second, 1000 + second / 200 * 400L);
        }
        assertThat(foresight.dangers()).isEmpty();
    }

    @Test
    void invariantBAnExpiredHeadIsToldOnceAndStopsNothingWhileTheFlowGainsOnIt() {
        front(5000, 5000);
        for (int second = 30; second <= 600; second += 30) {
            at(second, 1000 + second);
        }
        assertThat(foresight.dangers()).isEmpty();
        assertThat(said).singleElement().asString().startsWith("t-0: the next records to be copied are older than");
        assertThat(foresight.excuses(TP, 4000)).isTrue();
        assertThat(foresight.excuses(TP, 5001)).as("more than what was too old").isFalse();
    }

    @Test
    void aFlowThatNeverGetsBeforeTheExpiredHeadIsADanger() {
        for (int second = 30; second <= 330; second += 30) {
            front(5000 + second * 2, 5000 + second * 2 + 1200);
            at(second, 1000 + second);
        }
        assertThat(foresight.dangers()).containsExactly(new Danger.Soon(TP, Duration.ZERO));
    }

    @Test
    void aFlowThatIsOvertakenUnderTheGuardsEyesIsADangerAtOnce() {
        front(0, 0);
        at(30, 1000);
        front(2000, 2000); // somebody lowers the retention
        at(60, 1000);
        assertThat(foresight.timeToLoss()).hasValue(0);
        at(90, 1000);
        assertThat(foresight.dangers()).containsExactly(new Danger.Soon(TP, Duration.ZERO));
        assertThat(foresight.excuses(TP, 1500)).isFalse();
    }

    @Test
    void whatTheSourceDoesNotSayIsUnknownAndNoDanger() {
        seen.unknown(TP, "dc1 refused to list the offsets of t-0 by time: not now");
        at(30, 1000);
        assertThat(said)
                .containsExactly("dc1 refused to list the offsets of t-0 by time: not now;"
                        + " how soon it deletes is not known at present");
        assertThat(foresight.timeToLoss()).isEmpty();
        assertThat(foresight.dangers()).isEmpty();
        front(0, 2000);
        seen.unknown(new TopicPartition("other", 0), "dc1 refused");
        at(60, 1000);
        assertThat(foresight.timeToLoss()).as("what is known of one is told").hasValue(300);
    }

    @Test
    void aSourceThatRefusesEndsNothing() {
        Fronts refusing = (before, now) -> {
            Cluster dc1 = new Cluster("dc1", Map.of(Cluster.BOOTSTRAP, "dc1:9092"));
            return new Asked(dc1).answer("describe topic configurations", refused());
        };
        Foresight blind = new Foresight(refusing, look(0, 1000), Duration.ofMinutes(10));
        assertThat(blind.look(look(30, 1000))).singleElement().asString().startsWith("dc1 refused");
        assertThat(blind.timeToLoss()).isEmpty();
    }

    private static KafkaFuture<Fronts.Seen> refused() {
        return KafkaFuture.completedFuture(1).thenApply(any -> {
            throw new TimeoutException("away");
        });
    }

    private static Look look(int second, long next) {
        return new Look(START.plusSeconds(second), Map.of(TP, new Look.Partition(next, 0, 100_000)), Map.of("t", "id"));
    }
}
