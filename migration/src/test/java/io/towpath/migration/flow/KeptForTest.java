package io.towpath.migration.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class KeptForTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GUARD = Duration.ofMinutes(10);

    @Test
    void timesAheadEndWithTheRetention() {
        assertThat(steps(kept("delete", "3600000")))
                .containsExactly(0L, 150L, 300L, 600L, 1200L, 2400L, 3600L, 3600L, 3600L);
        assertThat(steps(kept("delete", "-1"))).endsWith(4800L, 9600L, 19200L);
    }

    @Test
    void shortRetentionIsGuardedForHalfOfItself() {
        KeptFor twoMinutes = kept("compact,delete", "120000");
        assertThat(twoMinutes.least(GUARD)).isEqualTo(Duration.ofMinutes(1));
        assertThat(steps(twoMinutes)).startsWith(0L, 15L, 30L, 60L, 120L);
        assertThat(kept("delete", "3600000").least(GUARD)).isEqualTo(GUARD);
    }

    @Test
    void whatIsKeptForEverHasNoLimit() {
        assertThat(kept("compact", "1000").millis()).isEmpty();
        assertThat(kept("delete", "-1").millis()).isEmpty();
        assertThat(kept("delete", Long.toString(Long.MAX_VALUE)).millis()).isEmpty();
        assertThat(kept("delete", "1000").bytes()).isEqualTo(Optional.of(7L));
        assertThat(kept("compact", "1000").bytes()).isEmpty();
    }

    private static List<Long> steps(KeptFor kept) {
        return IntStream.range(0, KeptFor.STEPS)
                .mapToObj(step -> kept.step(step, GUARD) / 1000)
                .toList();
    }

    private static KeptFor kept(String policy, String millis) {
        return KeptFor.of(
                new Config(List.of(
                        new ConfigEntry("cleanup.policy", policy),
                        new ConfigEntry("retention.ms", millis),
                        new ConfigEntry("retention.bytes", "7"))),
                NOW);
    }
}
