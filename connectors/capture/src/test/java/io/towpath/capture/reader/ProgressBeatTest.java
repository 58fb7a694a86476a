package io.towpath.capture.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Unit;
import io.towpath.capture.unit.Units;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;

class ProgressBeatTest {

    private final Units units = new Units("shop", true, at(1));

    @Test
    void aLogThatDoesNotMoveNeedsNoBeat() {
        ProgressBeat beat = beat(Duration.ZERO);

        assertThat(beat.beat(at(1), Optional.empty())).isEmpty();
        assertThat(beat.beat(at(1), Optional.of(at(1)))).isEmpty();
    }

    @Test
    void aLogThatNoUnitCarriesIsCarried() {
        assertThat(beat(Duration.ZERO).beat(at(9), Optional.empty()))
                .hasValueSatisfying(unit -> assertThat(unit.position()).isEqualTo(at(9)));
    }

    @Test
    void unitsThatConnectDoesNotConfirmHoldNoBeatBack() {
        ProgressBeat beat = beat(Duration.ZERO);
        Position dropped = handOver(9).position();

        assertThat(beat.beat(dropped, Optional.empty()))
                .hasValueSatisfying(unit -> assertThat(unit.position()).isEqualTo(dropped));
    }

    @Test
    void aPositionThatConnectHasJustConfirmedIsWaitedFor() {
        ProgressBeat beat = beat(Duration.ZERO);
        handOver(9);

        assertThat(beat.beat(at(12), Optional.of(at(9)))).isEmpty();
        assertThat(beat.beat(at(12), Optional.of(at(9)))).isPresent();
        assertThat(beat.beat(at(12), Optional.of(at(12)))).isEmpty();
    }

    @Test
    void noBeatComesBeforeItsTime() {
        assertThat(beat(Duration.ofHours(1)).beat(at(9), Optional.empty())).isEmpty();
    }

    @Test
    void whereReadingBeginsIsStoredAtOnceWhenTheServerDoesNotRememberIt() {
        ProgressBeat beat = beat(Duration.ofHours(1));
        beat.now();

        assertThat(beat.beat(at(1), Optional.empty()))
                .hasValueSatisfying(unit -> assertThat(unit.position()).isEqualTo(at(1)));
        assertThat(beat.beat(at(1), Optional.empty())).isEmpty();
    }

    private ProgressBeat beat(Duration interval) {
        return new ProgressBeat(units, "progress", "shop", interval, Clock.systemUTC());
    }

    private Unit handOver(long lsn) {
        return units.of(at(lsn), List.of(new Outgoing("activity", "7", Schema.STRING_SCHEMA, "x", 0L, null)));
    }

    private static Position at(long lsn) {
        return Position.at(Map.of("lsn", lsn));
    }
}
