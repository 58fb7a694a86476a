package io.towpath.capture.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.unit.Position;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class PostgresDialectTest {

    private static final Position STORED = Position.at(Map.of("lsn", 100L));

    @Test
    void readingGoesOnWhereTheSlotStillHoldsTheStoredOffset() {
        assertThatCode(() -> PostgresDialect.assertHeld("s", Optional.of(100L), STORED))
                .doesNotThrowAnyException();
        assertThatCode(() -> PostgresDialect.assertHeld("s", Optional.of(7L), STORED))
                .doesNotThrowAnyException();
    }

    @Test
    void aSlotThatIsGoneStopsReading() {
        assertThatThrownBy(() -> PostgresDialect.assertHeld("s", Optional.empty(), STORED))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("slot s is gone")
                .hasMessageContaining("set this database's offset to null");
    }

    @Test
    void aSlotThatWasDroppedAndMadeAgainStopsReading() {
        assertThatThrownBy(() -> PostgresDialect.assertHeld("s", Optional.of(500L), STORED))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("slot s begins at 500, behind the stored offset 100")
                .hasMessageContaining("set this database's offset to null");
    }
}
