package io.towpath.capture.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTest {

    private final InFlight inFlight = new InFlight();
    private final Units units = new Units("shop", true, Position.at(Map.of("lsn", 0L)));

    @Test
    void nothingIsConfirmedBeforeTheFirstUnitIsStored() {
        Unit unit = handOver(1, 2);

        inFlight.acknowledged(unit.records().get(0), true);

        assertThat(inFlight.confirmed()).isEmpty();
    }

    @Test
    void aUnitWaitsForThoseBeforeIt() {
        Unit first = handOver(1, 1);
        Unit second = handOver(2, 1);

        inFlight.acknowledged(second.records().get(0), true);
        assertThat(inFlight.confirmed()).isEmpty();

        inFlight.acknowledged(first.records().get(0), true);
        assertThat(inFlight.confirmed()).contains(second.position());
    }

    @Test
    void aUnitOfWhichATransformDroppedEverythingConfirmsNothing() {
        Unit first = handOver(1, 1);
        Unit dropped = handOver(2, 2);

        inFlight.acknowledged(first.records().get(0), true);
        dropped.records().forEach(record -> inFlight.acknowledged(record, false));

        assertThat(inFlight.confirmed()).contains(first.position());
        assertThat(inFlight.size()).isZero();
    }

    /** Units of random sizes, handed over and acknowledged in random order, some records dropped. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void theConfirmedPositionIsThatOfAContiguousStoredPrefixInEveryHistory(long seed) {
        Random random = new Random(seed);
        List<Unit> all = new ArrayList<>();
        List<UnitRecord> open = new ArrayList<>();
        Map<UnitRecord, Boolean> heard = new java.util.HashMap<>();
        long before = 0;
        for (int step = 0; step < 2_000; step++) {
            if (open.isEmpty() || random.nextInt(4) == 0) {
                Unit unit = handOver(all.size() + 1L, 1 + random.nextInt(5));
                all.add(unit);
                open.addAll(unit.records());
            } else {
                UnitRecord record = open.remove(random.nextInt(open.size()));
                boolean stored = random.nextInt(5) > 0;
                heard.put(record, stored);
                inFlight.acknowledged(record, stored);
            }
            before = assertContiguousStoredPrefix(all, heard, before);
        }
    }

    private long assertContiguousStoredPrefix(List<Unit> all, Map<UnitRecord, Boolean> heard, long before) {
        long confirmed = inFlight.confirmed()
                .map(position -> (Long) position.boundary().get("lsn"))
                .orElse(0L);
        assertThat(confirmed).as("(B) never back").isGreaterThanOrEqualTo(before);
        long expected = 0;
        for (Unit unit : all) {
            if (!heard.keySet().containsAll(unit.records())) {
                break;
            }
            if (unit.records().stream().anyMatch(heard::get)) {
                expected = (Long) unit.position().boundary().get("lsn");
            }
        }
        assertThat(confirmed).as("(A) a contiguous prefix, (C) stored").isEqualTo(expected);
        return confirmed;
    }

    private Unit handOver(long lsn, int records) {
        Outgoing record = new Outgoing("activity", "7", Schema.STRING_SCHEMA, "x", 0L, null);
        Unit unit = units.of(Position.at(Map.of("lsn", lsn)), java.util.Collections.nCopies(records, record));
        inFlight.handedOver(unit);
        return unit;
    }
}
