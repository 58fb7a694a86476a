package io.towpath.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.OffsetMap;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.report.Proven;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class VerifyCommandTest {

    private static final Instant WHOLE = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aFollowerSaysUpToWhenAllIsProvenAndWhatWaits() {
        assertThat(VerifyCommand.line(proven(0), Optional.of(WHOLE)))
                .isEqualTo("proven up to 2026-01-01T12:00:00Z: Match of 100 % (60 records equal, 0 not proven)");
        assertThat(VerifyCommand.line(proven(40), Optional.of(WHOLE)))
                .isEqualTo("proven up to 2026-01-01T12:00:00Z; 40 offsets wait for the target:"
                        + " Match of 60.0 % (60 records equal, 40 not proven)");
        assertThat(VerifyCommand.line(proven(40), Optional.empty()))
                .startsWith("proven up to no point yet; 40 offsets");
    }

    private static Proven proven(long waiting) {
        PartitionResult result = new PartitionResult(
                new TopicPartition("t", 0),
                new Bounds(0, 60, 0, 60),
                60,
                waiting == 0 ? Map.of() : Map.of(Kind.NOT_PROVEN, waiting),
                List.of(),
                new OffsetMap());
        Instant from = WHOLE.plusSeconds(60);
        return new Proven(null, List.of(result), from, from, from, Duration.ZERO, 0, waiting, List.of());
    }
}
