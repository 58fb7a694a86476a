package io.towpath.capture.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Unit;
import io.towpath.capture.unit.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            handoff.put(List.of(unit));
        }

        assertThat(handoff.take(5, Duration.ZERO, Duration.ZERO)).isEqualTo(given.subList(0, 3));
        assertThat(handoff.take(5, Duration.ZERO, Duration.ZERO)).isEqualTo(given.subList(3, 4));
    }

    @Test
    void aUnitThatIsLargerThanTheRoomGoesThroughAlone() throws InterruptedException {
        Unit large = unit(50);
        handoff.put(List.of(large));

        assertThat(handoff.take(5, Duration.ZERO, Duration.ZERO)).containsExactly(large);
    }

    @Test
    void whoPutsWaitsUntilThereIsRoom() throws Exception {
        handoff.put(List.of(unit(10)));
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            try {
                handoff.put(List.of(unit(1)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(second.isDone()).isFalse();
        assertThat(handoff.take(10, Duration.ZERO, Duration.ZERO)).hasSize(1);
        second.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBatchIsWaitedForUntilItIsThereAndNoLonger() throws Exception {
        CompletableFuture<List<Unit>> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return handoff.take(5, Duration.ofMinutes(1), Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        handoff.put(List.of(unit(2)));
        handoff.put(List.of(unit(2)));
        handoff.put(List.of(unit(2)));

        assertThat(taken.get(10, TimeUnit.SECONDS)).hasSize(3);
    }

    @Test
    void whoGathersIsWokenWhenSomebodyWaitsForRoom() throws Exception {
        handoff.put(List.of(unit(3)));
        CompletableFuture<Void> large = CompletableFuture.runAsync(() -> {
            try {
                handoff.put(List.of(unit(9)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(handoff.take(10, Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .hasSize(1);
        large.get(10, TimeUnit.SECONDS);
    }

    /** Several readers, units of all sizes, up to more than the room: nothing lost, nothing out of order, no deadlock. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void everyUnitComesOutOnceAndInTheOrderOfItsDatabase(long seed) throws Exception {
        int each = 2_000;
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (String database : List.of("shop", "crm", "web")) {
            Random random = new Random(seed + database.hashCode());
            readers.add(CompletableFuture.runAsync(() -> leave(database, each, random)));
        }
        Map<String, List<Long>> seen = new HashMap<>();
        Random random = new Random(seed);
        for (int count = 0; count < 3 * each; ) {
            List<Unit> units = handoff.take(1 + random.nextInt(20), Duration.ofSeconds(20), Duration.ofMillis(1));
            assertThat(units).as("seed %d, after %d units", seed, count).isNotEmpty();
            units.forEach(unit -> seen.computeIfAbsent(unit.database(), name -> new ArrayList<>())
                    .add((Long) unit.position().boundary().get("lsn")));
            count += units.size();
        }
        for (CompletableFuture<Void> reader : readers) {
            reader.get(10, TimeUnit.SECONDS);
        }
        assertThat(seen.values())
                .as("seed %d", seed)
                .hasSize(3)
                .allMatch(
                        order -> order.equals(LongStream.range(0, each).boxed().toList()));
    }

    private void leave(String database, int count, Random random) {
        Units made = new Units(database, true, Position.at(Map.of("lsn", 0L)));
        Outgoing record = new Outgoing("activity", "7", Schema.STRING_SCHEMA, "x", 0L, null);
        try {
            for (long n = 0; n < count; ) {
                List<Unit> batch = new ArrayList<>();
                for (int left = 1 + random.nextInt(8); left > 0 && n < count; left--) {
                    int size = random.nextInt(20) == 0 ? 15 : 1 + random.nextInt(3);
                    batch.add(made.of(Position.at(Map.of("lsn", n++)), Collections.nCopies(size, record)));
                }
                handoff.put(batch);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Unit unit(int records) {
        Outgoing record = new Outgoing("activity", "7", Schema.STRING_SCHEMA, "x", 0L, null);
        return units.of(Position.at(Map.of("lsn", 1L)), Collections.nCopies(records, record));
    }
}
