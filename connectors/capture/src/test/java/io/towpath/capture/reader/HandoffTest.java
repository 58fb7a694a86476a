package io.towpath.capture.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Unit;
import io.towpath.capture.unit.Units;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;

class HandoffTest {

    private final Units units = new Units("shop", true, Position.at(Map.of("lsn", 0L)));
    private final Handoff handoff = new Handoff(10);

    @Test
    void nothingComesOutOfNothing() throws InterruptedException {
        assertThat(handoff.take(5, Duration.ofMillis(1), Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void wholeUnitsComeOutInTheirOrderUntilThereAreEnoughRecords() throws InterruptedException {
        List<Unit> given = List.of(unit(2), unit(2), unit(2), unit(2));
        for (Unit unit : given) {
            handoff.put(unit);
        }

        assertThat(handoff.take(5, Duration.ZERO, Duration.ZERO)).isEqualTo(given.subList(0, 3));
        assertThat(handoff.take(5, Duration.ZERO, Duration.ZERO)).isEqualTo(given.subList(3, 4));
    }

    @Test
    void aUnitThatIsLargerThanTheRoomGoesThroughAlone() throws InterruptedException {
        Unit large = unit(50);
        handoff.put(large);

        assertThat(handoff.take(5, Duration.ZERO, Duration.ZERO)).containsExactly(large);
    }

    @Test
    void whoPutsWaitsUntilThereIsRoom() throws Exception {
        handoff.put(unit(10));
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            try {
                handoff.put(unit(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(second.isDone()).isFalse();
        assertThat(handoff.take(10, Duration.ZERO, Duration.ZERO)).hasSize(1);
        second.get(10, TimeUnit.SECONDS);
    }

    private Unit unit(int records) {
        Outgoing record = new Outgoing("activity", "7", Schema.STRING_SCHEMA, "x", 0L, null);
        return units.of(Position.at(Map.of("lsn", 1L)), Collections.nCopies(records, record));
    }
}
