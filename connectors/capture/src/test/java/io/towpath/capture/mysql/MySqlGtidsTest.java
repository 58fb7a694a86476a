package io.towpath.capture.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.binlog.Gtids;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlGtidsTest {

    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "f29fef52-e6b2-11f1-bcd0-02fc00000001";

    @Test
    void aSetIsWrittenAsTheServerDoesWhateverItsOrderAndSpaces() {
        assertThat(MySqlGtids.parse(B.toUpperCase(Locale.ROOT) + ":7:1-3:4-5,\n" + A + ":2"))
                .hasToString(A + ":2," + B + ":1-5:7");
        assertThat(MySqlGtids.parse(null)).hasToString("");
        assertThat(MySqlGtids.parse("").isEmpty()).isTrue();
    }

    @Test
    void ofWhatIsMissingTheLastOfTheFirstGapIsNamed() {
        Gtids place = MySqlGtids.parse(A + ":3-5");

        assertThat(place.before(MySqlGtids.parse(A + ":3-5"))).isEmpty();
        assertThat(place.before(MySqlGtids.parse(A + ":1-9"))).hasValue(A + ":9");
        assertThat(place.before(MySqlGtids.parse(A + ":1-4"))).hasValue(A + ":2");
        assertThat(place.before(MySqlGtids.parse(B + ":1"))).hasValue(B + ":1");
    }

    @Test
    void aTransactionDoesNotChangeThePlaceBeforeIt() {
        Gtids place = MySqlGtids.parse(A + ":1-5");

        assertThat(place.with(A + ":6")).hasToString(A + ":1-6");
        assertThat(place).hasToString(A + ":1-5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "x:1", A, A + ":", A + ":0", A + ":1-", A + ":1-2-3", "0-1-270"})
    void whatIsNoSetIsRefused(String text) {
        assertThatThrownBy(() -> MySqlGtids.parse(text))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("no set of GTIDs");
    }

    @Test
    void aPlaceThatNamesOneTransactionWouldHaveAllBeforeItReadAgain() {
        MySqlGtids end = MySqlGtids.parse(A + ":1-10:100-200");
        assertThat(MySqlGtids.parse(A + ":6").isWhole(end)).isFalse();
        assertThat(MySqlGtids.parse(A + ":1-10:150").isWhole(end)).isFalse();
        assertThat(MySqlGtids.parse(A + ":1-6").isWhole(end)).isTrue();
        assertThat(MySqlGtids.parse(A + ":1-10:100-150").isWhole(end)).isTrue();
        assertThat(end.isWhole(end)).isTrue();
    }

    @Test
    void aTagIsRefusedBecauseDebeziumWouldPassOverItsTransactions() {
        assertThatThrownBy(() -> MySqlGtids.parse(A + ":1-4:import:1-2"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("tagged GTIDs (" + A + ":import)");
    }

    /** Against plain sets of numbers. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void intervalsAreTheSetOfTheirNumbers(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Set<String> one = new TreeSet<>();
            Set<String> other = new TreeSet<>();
            Gtids place = filled(random, one);
            Gtids end = filled(random, other);

            assertThat(place.order()).as("seed %d", seed).isEqualTo(one.size());
            assertThat(place.isEmpty()).isEqualTo(one.isEmpty());
            assertThat(place.before(end).isEmpty())
                    .as("seed %d, %s holds %s", seed, place, end)
                    .isEqualTo(one.containsAll(other));
            place.before(end).ifPresent(missing -> {
                assertThat(other).as("seed %d", seed).contains(missing);
                assertThat(one).as("seed %d", seed).doesNotContain(missing);
            });
            assertThat(MySqlGtids.parse(place.toString())).isEqualTo(place);
            assertIntervalsNeitherOverlapNorTouch((MySqlGtids) place);
        }
    }

    private static Gtids filled(Random random, Set<String> numbers) {
        Gtids place = MySqlGtids.parse("");
        for (int i = random.nextInt(25); i > 0; i--) {
            String server = List.of(A, B).get(random.nextInt(2));
            int from = 1 + random.nextInt(20);
            int to = from + random.nextInt(4);
            place = place.with(server + ":" + from + "-" + to);
            for (int number = from; number <= to; number++) {
                numbers.add(server + ":" + number);
            }
        }
        return place;
    }

    private static void assertIntervalsNeitherOverlapNorTouch(MySqlGtids place) {
        place.intervals().values().forEach(own -> {
            long last = -1;
            for (var interval : own.entrySet()) {
                assertThat(interval.getKey()).isGreaterThan(last + 1);
                assertThat(interval.getValue()).isGreaterThanOrEqualTo(interval.getKey());
                last = interval.getValue();
            }
        });
    }
}
