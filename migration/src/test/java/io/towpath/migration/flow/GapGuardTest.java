package io.towpath.migration.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GapGuardTest {

    private static final TopicPartition TP = new TopicPartition("t", 0);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final GapGuard GUARD = new GapGuard(look(0, 0, 0, 5000));

    @Test
    void aSourceThatDeletesNothingIsNoDanger() {
        assertThat(GUARD.dangers(look(10, 500, 0, 5000))).isEmpty();
    }

    @Test
    void deletedBeforeItWasCopiedIsToldWithItsNumber() {
        assertThat(GUARD.dangers(look(10, 300, 350, 5000)).get(0))
                .hasToString("t-0: the source has deleted 50 offsets that were not copied");
    }

    @Test
    void aRecreatedTopicIsADanger() {
        Look now = new Look(START.plusSeconds(1), Map.of(), Map.of("t", "other"));
        assertThat(GUARD.dangers(now)).containsExactly(new Danger.Recreated("t"));
    }

    @Test
    void aTopicThatIsGoneIsADanger() {
        assertThat(GUARD.dangers(new Look(START.plusSeconds(1), Map.of(), Map.of())))
                .singleElement()
                .hasToString("t: deleted or recreated at the source");
    }

    @Test
    void moreCopiedThanThereEverWasMeansAnotherTopicWhenNobodyWatchedToo() {
        Look now = look(0, 500, 0, 100);
        assertThat(new GapGuard(now).dangers(now))
                .singleElement()
                .hasToString("t-0: copied up to offset 500, and the source ends at 100: the topic was recreated there");
    }

    @Test
    void aMarkerAtTheEndIsNoGapWhenRetentionTakesItAway() {
        Counted counted = new Counted();
        GapGuard guard = new GapGuard(counted.in(look(0, 10, 0, 11)));
        counted.nothingBelow(TP, 11);
        assertThat(counted.in(look(4, 10, 0, 11)).left()).isZero();
        assertThat(guard.dangers(counted.in(look(6, 10, 11, 11)))).isEmpty();
        assertThat(guard.dangers(counted.in(look(8, 10, 20, 30))).get(0))
                .as("only as far as it was seen to hold no record")
                .hasToString("t-0: the source has deleted 9 offsets that were not copied");
    }

    @Test
    void aSourceThatIsEmptyAtTheFirstLookIsAskedAboutAndStopsNothing() {
        Counted counted = new Counted();
        Look first = look(0, 10, 11, 11);
        assertThat(counted.emptied(first))
                .containsExactly("t-0: the source is empty, and its last 1 offsets were not copied: a transaction's"
                        + " marker, or records that are lost; towpath verify tells what is proven");
        Look now = counted.in(first);
        assertThat(new GapGuard(now).dangers(now)).isEmpty();
        assertThat(counted.emptied(look(0, 10, 11, 20)))
                .as("there is something left that the gap stands before")
                .isEmpty();
    }

    @Test
    void anAcceptedGapIsNotFoundAgainAndALaterOneIs() {
        Counted counted = new Counted();
        counted.accept(look(0, 300, 350, 5000));
        Look first = counted.in(look(0, 300, 350, 5000));
        GapGuard guard = new GapGuard(first);
        assertThat(guard.dangers(first)).isEmpty();
        assertThat(guard.dangers(counted.in(look(2, 300, 360, 5000)))).isNotEmpty();
        counted.accept(look(0, 500, 0, 100));
        assertThat(guard.dangers(counted.in(look(0, 500, 0, 100)))).isEmpty();
    }

    @Test
    void progressIsToldPerTopic() {
        assertThat(new Speed(look(0, 0, 0, 5000), look(2, 1000, 0, 5000)).lines())
                .containsExactly("t: 4,000 offsets to go, 500/s, 8 s left");
        assertThat(new Speed(look(0, 0, 0, 5000), look(2, 0, 0, 5000)).lines())
                .containsExactly("t: 5,000 offsets to go, 0/s, standing still");
        assertThat(new Speed(look(0, 5000, 0, 5000), look(2, 5000, 0, 5000)).lines())
                .isEmpty();
    }

    private static Look look(int seconds, long next, long start, long end) {
        return new Look(
                START.plusSeconds(seconds), Map.of(TP, new Look.Partition(next, start, end)), Map.of("t", "id"));
    }
}
