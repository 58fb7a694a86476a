package io.towpath.capture.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.unit.Position.Part;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class PositionTest {

    @Test
    void aBoundarySurvivesItsStorage() {
        Position position = Position.at(Map.of("lsn", 42L));

        assertThat(Position.fromOffset(position.toOffset())).isEqualTo(position);
        assertThat(position.toOffset()).isEqualTo(Map.of("lsn", 42L, "format", 1L));
    }

    @Test
    void aPlaceInsideATransactionSurvivesItsStorage() {
        Position position = new Position(Map.of("lsn", 42L), new Part("571", 50, 3));

        assertThat(Position.fromOffset(position.toOffset())).isEqualTo(position);
    }

    @Test
    void anOffsetThatAnOperatorWroteNeedsNoFormat() {
        assertThat(Position.fromOffset(Map.of("gtids", "0-1-270"))).isEqualTo(Position.at(Map.of("gtids", "0-1-270")));
    }

    @Test
    void anOffsetOfAnotherFormatIsRefused() {
        assertThatThrownBy(() -> Position.fromOffset(Map.of("lsn", 42L, "format", 2)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("format 2");
    }
}
