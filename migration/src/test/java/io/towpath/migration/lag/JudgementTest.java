package io.towpath.migration.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final Place PLACE = new Place("billing", new TopicPartition("orders", 0));

    @Test
    void aGroupThatReachedTheEndWithinTheWindowIsOkHoweverFarBehindItIsNow() {
        assertThat(Judgement.of(owned(looks(100, 100), looks(100, 100), looks(100, 90_000))))
                .isEqualTo(Judgement.OK);
    }

    @Test
    void aLargeLagThatShrinksOrStaysIsOk() {
        assertThat(Judgement.of(owned(looks(0, 90_000), looks(10_000, 90_000), looks(20_000, 91_000))))
                .isEqualTo(Judgement.OK);
    }

    @Test
    void aLagThatGrowsAtEveryLookIsAWarningAlthoughTheGroupCommits() {
        assertThat(Judgement.of(owned(looks(0, 100), looks(10, 200), looks(20, 300))))
                .isEqualTo(Judgement.WARN);
        assertThat(Judgement.of(owned(looks(0, 100), looks(110, 200), looks(120, 300))))
                .as("one look at which it caught up")
                .isEqualTo(Judgement.OK);
    }

    @Test
    void anOwnerThatCommitsNothingIsStalledEvenOnAQuietTopic() {
        assertThat(Judgement.of(owned(looks(50, 100), looks(50, 100), looks(50, 100))))
                .isEqualTo(Judgement.STALLED);
    }

    @Test
    void waitingRecordsThatNobodyOwnsAreStopped() {
        List<Look> window = List.of(new Look(50, 100, true), new Look(50, 150, false));
        assertThat(Judgement.of(window)).isEqualTo(Judgement.STOPPED);
    }

    @Test
    void oneLookAccusesNobody() {
        assertThat(Judgement.of(List.of(new Look(0, 100, false)))).isEqualTo(Judgement.OK);
    }

    @Test
    void theWindowForgetsOldLooksAndGroupsThatAreGone() {
        Window window = new Window(2);
        window.add(Map.of(PLACE, new Look(100, 100, true)));
        window.add(Map.of(PLACE, new Look(100, 200, true)));
        assertThat(window.judge()).extracting(Lag::judgement).containsExactly(Judgement.OK);
        window.add(Map.of(PLACE, new Look(100, 300, true)));
        assertThat(window.judge()).extracting(Lag::judgement).containsExactly(Judgement.STALLED);
        window.add(Map.of());
        assertThat(window.judge()).isEmpty();
    }

    private static Look looks(long committed, long end) {
        return new Look(committed, end, true);
    }

    private static List<Look> owned(Look... looks) {
        return Arrays.asList(looks);
    }
}
