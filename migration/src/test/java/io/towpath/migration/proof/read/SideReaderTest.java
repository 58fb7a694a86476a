package io.towpath.migration.proof.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SideReaderTest {

    private static final TopicPartition TP = new TopicPartition("t", 0);

    @Test
    void aPositionThatRetentionHasPassedGoesOnAtTheLogsStart() {
        assertThat(SideReader.afterRetention(new OffsetOutOfRangeException(Map.of(TP, 5L)), Map.of(TP, 9L)))
                .isEqualTo(Map.of(TP, 9L));
    }

    @Test
    void aPositionBeyondTheLogsEndMeansThatTheLogWasCut() {
        assertThatThrownBy(
                        () -> SideReader.afterRetention(new OffsetOutOfRangeException(Map.of(TP, 50L)), Map.of(TP, 9L)))
                .isInstanceOf(ReadFailure.class)
                .hasMessageStartingWith("t-0 was cut below offset 50");
    }

    @Test
    void aLogThatWasCutAndHasGrownAgainIsRefused() {
        assertThatThrownBy(() -> SideReader.afterRetention(
                        new LogTruncationException(Map.of(TP, 50L), Map.of()), Map.of(TP, 90L)))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("prove anew, without the checkpoint");
    }
}
