package io.towpath.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StationTest {

    private static final Deed FIRST = Deed.of("order.placed", "7", "1", "{\"change_id\": 1, \"total\": 5.10}");
    private static final Deed SECOND = Deed.of("order.paid", "7", "1", "{\"change_id\": 2}");
    private static final Deed OTHER = Deed.of("order.placed", "8", "3", "{\"change_id\": 3}");
    private static final List<Deed> LEDGER = List.of(FIRST, SECOND, OTHER);

    @Test
    void theSameDeedsInAnotherInterleavingHold() {
        assertThat(ordered(OTHER, FIRST, SECOND).holds()).isTrue();
    }

    @Test
    void aMissingDeedIsNamed() {
        Station station = station(FIRST, OTHER);
        assertThat(station.holds()).isFalse();
        assertThat(station.difference()).isEqualTo("rows: 1 missing: order.paid #2");
    }

    @Test
    void aRepeatedDeedIsNamedOnceForEachFurtherTime() {
        Station station = station(FIRST, SECOND, SECOND, SECOND, OTHER);
        assertThat(station.repeated()).containsExactly(SECOND, SECOND);
        assertThat(station.missing()).isEmpty();
    }

    @Test
    void aDeedWithAnotherActorOrOtherDataIsForeignAndTheOwnOneMissing() {
        Deed stranger = Deed.of("order.paid", "8", "1", "{\"change_id\": 2}");
        Deed dearer = Deed.of("order.placed", "7", "1", "{\"change_id\": 1, \"total\": 5.11}");
        Station station = station(dearer, stranger, OTHER);
        assertThat(station.foreign()).containsExactly(dearer, stranger);
        assertThat(station.missing()).containsExactly(FIRST, SECOND);
    }

    @Test
    void oneNumberSpelledInTwoWaysIsEqual() {
        assertThat(Deed.of("order.placed", "7", "1", "{\"total\": 5.1, \"change_id\": 1, \"placed_at\": \"now\"}"))
                .isEqualTo(FIRST);
    }

    @Test
    void anIdThatTwoActivitiesShareOrThatChangedOnTheWayIsAltered() {
        List<Sighting> first = List.of(seen(FIRST), seen(SECOND), seen(OTHER));
        List<Sighting> shared = List.of(seen(FIRST), new Sighting(SECOND, "id of 1", 2), seen(OTHER));
        List<Sighting> later = List.of(seen(FIRST), new Sighting(SECOND, "id of 2", 3), seen(OTHER));
        assertThat(Station.of("dc1", LEDGER, shared, shared).altered()).containsExactly(SECOND);
        assertThat(Station.of("rows", LEDGER, later, first).altered()).containsExactly(SECOND);
        assertThat(Station.of("rows", LEDGER, first, first).holds()).isTrue();
    }

    @Test
    void anActorsDeedsInTheWrongOrderAreNamed() {
        assertThat(ordered(SECOND, FIRST, OTHER).disordered()).containsExactly(FIRST);
    }

    @Test
    void anEmptyStationMissesEverythingButNamesOnlyAFew() {
        List<Deed> ledger = List.of(FIRST, SECOND, OTHER, Deed.of("page.viewed", "9", "/", "{\"change_id\": 4}"));
        assertThat(Station.of("dc2", ledger, List.of(), List.of()).difference())
                .isEqualTo("dc2: 4 missing: order.placed #1, order.paid #2, order.placed #3, …");
    }

    private static Station station(Deed... deeds) {
        List<Sighting> found = Stream.of(deeds).map(StationTest::seen).toList();
        return Station.of("rows", LEDGER, found, found);
    }

    private static Station ordered(Deed... deeds) {
        List<Sighting> found = Stream.of(deeds).map(StationTest::seen).toList();
        return Station.ordered("dc1", LEDGER, found, found);
    }

    private static Sighting seen(Deed deed) {
        return new Sighting(deed, "id of " + deed.changeId(), deed.changeId());
    }
}
