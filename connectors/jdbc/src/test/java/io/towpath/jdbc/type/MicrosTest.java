package io.towpath.jdbc.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MicrosTest {

    @Test
    void aTextAndItsMicrosecondsAreTheSamePointInTime() {
        long seed = 3;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long micros = random.nextLong(-60_000_000_000_000_000L, 9_000_000_000_000_000L);
            String text = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
            Long exact = Math.abs(micros) < 1L << 53 ? micros : null;
            assertThat(Micros.of(text)).as(text + ", seed " + seed).isEqualTo(exact);
            assertThat(Micros.of(micros, 1_000_000)).isEqualTo(exact);
        }
    }

    @Test
    void everyNumberOfFractionalDigitsIsRead() {
        String time = "1970-01-01T00:00:01";
        assertThat(List.of(
                        Micros.of(time + "Z"),
                        Micros.of(time + ".5Z"),
                        Micros.of(time + ".05Z"),
                        Micros.of(time + ".123456Z")))
                .containsExactly(1_000_000L, 1_500_000L, 1_050_000L, 1_123_456L);
    }

    @Test
    void whatTheDatabaseMustReadItselfIsLeftToIt() {
        assertThat(List.of(
                        "2026-01-01T00:00:00+02:00",
                        "2026-01-01T00:00:00.Z",
                        "2026-01-01T00:00:00.1234567Z",
                        "2026-02-29T00:00:00Z",
                        "2026-01-01T24:00:00Z",
                        "2026-01-01T00:00:60Z",
                        "2026-13-01T00:00:00Z",
                        "2026-00-01T00:00:00Z",
                        "0000-01-01T00:00:00Z",
                        "-026-01-01T00:00:00Z",
                        "2026-01-01 00:00:00Z",
                        "9999-12-31T23:59:59Z",
                        "infinity"))
                .allSatisfy(text -> assertThat(Micros.of(text)).as(text).isNull());
    }

    @Test
    void unitsThatAreFinerOrTooManyAreLeftToTheText() {
        assertThat(Micros.of(1_001, 1_000_000_000)).isNull();
        assertThat(Micros.of(2_000, 1_000_000_000)).isEqualTo(2);
        assertThat(Micros.of(-7, 1_000)).isEqualTo(-7_000);
        assertThat(Micros.of(Long.MAX_VALUE, 1_000)).isNull();
        assertThat(Micros.of(Long.MIN_VALUE, 1_000_000)).isNull();
    }
}
