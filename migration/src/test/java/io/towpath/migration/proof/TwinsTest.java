package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several identical records is told as the counterpart of one. */
class TwinsTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void theLastOfIdenticalRecordsIsTheOneThatACleanerKept() {
        Twins twins = twins(false);
        twins.matched(at(1), at(1));
        twins.matched(deletion(4), deletion(2));
        twins.gap(List.of(), List.of(at(3), deletion(4)), false);
        twins.matched(at(5), at(5));
        twins.end();
        assertThat(told).containsExactly("1=1", "[] [2, 3]", "4=4", "5=5");
    }

    @Test
    void identicalRecordsAreMovedTogether() {
        Twins twins = twins(false);
        twins.matched(deletion(6), deletion(1));
        twins.matched(other(7), other(2));
        twins.gap(List.of(), List.of(at(4), deletion(6), other(7)), true);
        twins.end();
        assertThat(told).containsExactly("[] [1, 2, 4]", "6=6", "7=7");
    }

    @Test
    void aPairIsKeptWhereALaterOneFitsLess() {
        Twins twins = twins(false);
        twins.matched(deletion(1), deletion(1));
        twins.matched(at(2), at(2));
        twins.gap(List.of(), List.of(deletion(3)), false);
        twins.end();
        assertThat(told).containsExactly("1=1", "2=2", "[] [3]");
    }

    @Test
    void deletionsAtTheEndAreLeftToTheNextProof() {
        Twins twins = twins(true);
        twins.matched(at(1), at(1));
        twins.matched(deletion(2), deletion(2));
        twins.gap(List.of(), List.of(at(3)), true);
        twins.end();
        assertThat(told).containsExactly("1=1", "[2] [2]", "[] [3]");
    }

    private Twins twins(boolean leaving) {
        return new Twins(
                new Alignment.Listener() {
                    @Override
                    public void matched(Entry source, Entry target) {
                        told.add(source.offset() + "=" + target.offset());
                    }

                    @Override
                    public void gap(List<Entry> source, List<Entry> target, boolean last) {
                        told.add(offsets(source) + " " + offsets(target));
                    }
                },
                leaving);
    }

    private static List<Long> offsets(List<Entry> entries) {
        return entries.stream().map(Entry::offset).toList();
    }

    private static Entry at(long offset) {
        return new Entry(offset, offset, offset, offset, offset, 0, offset, false);
    }

    private static Entry deletion(long offset) {
        return new Entry(offset, -7, -7, 7, 0, 0, 7, true);
    }

    private static Entry other(long offset) {
        return new Entry(offset, -8, -8, 8, 0, 0, 7, true);
    }
}
