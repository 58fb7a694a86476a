package io.towpath.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StationTest {

    private static final Deed FIRST = new Deed(1, "order.placed", "7", "1");
    private static final Deed SECOND = new Deed(2, "order.paid", "7", "1");
    private static final Deed OTHER = new Deed(3, "order.placed", "8", "3");
    private static final List<Deed> LEDGER = List.of(FIRST, SECOND, OTHER);

    @Test
    void theSameDeedsInAnotherInterleavingHold() {
        assertThat(Station.ordered("dc1", LEDGER, List.of(OTHER, FIRST, SECOND)).holds())
                .isTrue();
    }

    @Test
    void aMissingDeedIsNamed() {
        Station station = Station.of("warehouse: rows", LEDGER, List.of(FIRST, OTHER));
        assertThat(station.holds()).isFalse();
        assertThat(station.difference()).isEqualTo("warehouse: rows: 1 missing: order.paid #2");
    }

    @Test
    void aRepeatedDeedIsNamedOnceForEachFurtherTime() {
        Station station = Station.of("dc1", LEDGER, List.of(FIRST, SECOND, SECOND, SECOND, OTHER));
        assertThat(station.repeated()).containsExactly(SECOND, SECOND);
        assertThat(station.missing()).isEmpty();
    }

    @Test
    void aDeedWithAnotherActorIsForeignAndTheOwnOneMissing() {
        Deed stranger = new Deed(2, "order.paid", "8", "1");
        Station station = Station.of("dc1", LEDGER, List.of(FIRST, stranger, OTHER));
        assertThat(station.foreign()).containsExactly(stranger);
        assertThat(station.missing()).containsExactly(SECOND);
    }

    @Test
    void anActorsDeedsInTheWrongOrderAreNamed() {
        Station station = Station.ordered("dc1", LEDGER, List.of(SECOND, FIRST, OTHER));
        assertThat(station.disordered()).containsExactly(FIRST);
    }

    @Test
    void anEmptyStationMissesEverythingButNamesOnlyAFew() {
        List<Deed> ledger = List.of(FIRST, SECOND, OTHER, new Deed(4, "page.viewed", "9", "/"));
        assertThat(Station.of("dc2", ledger, List.of()).difference())
                .isEqualTo("dc2: 4 missing: order.placed #1, order.paid #2, order.placed #3, …");
    }
}
