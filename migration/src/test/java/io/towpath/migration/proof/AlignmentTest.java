package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random histories with many faults: whatever was done, every record is accounted for and nothing is invented. */
class AlignmentTest {

    @Test
    void everyRecordIsMatchedOrInOneGapAndPairsRise() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Copies copies = Copies.of(500 + random.nextInt(20_000), random);
            int faults = random.nextInt(40);
            for (int i = 0; i < faults; i++) {
                fault(copies, random);
            }
            copies.renumberTarget();
            assertPairsRiseAndNothingIsLeftOut(seed, copies, random);
        }
    }

    private static void fault(Copies copies, Random random) {
        int at = random.nextInt(copies.target.size() - 10);
        switch (random.nextInt(4)) {
            case 0 -> copies.target.subList(at, at + 1 + random.nextInt(8)).clear();
            case 1 -> copies.target.add(at, copies.target.get(random.nextInt(copies.target.size())));
            case 2 -> copies.target.add(at, copies.target.remove(random.nextInt(copies.target.size())));
            default -> copies.target.add(at, Copies.entry(0, -1 - random.nextInt(1_000_000)));
        }
    }

    private static void assertPairsRiseAndNothingIsLeftOut(long seed, Copies copies, Random random) {
        PartitionResult result = copies.compare(random);
        List<OffsetMap.Run> runs = new ArrayList<>();
        result.map().forEach(runs::add);
        long pairs = runs.stream().mapToLong(OffsetMap.Run::length).sum();
        long both = result.count(Kind.REORDERED) + result.count(Kind.ALTERED);
        assertThat(pairs).as("seed %s", seed).isEqualTo(result.matched());
        assertThat(result.matched() + both + result.count(Kind.LOST))
                .as("every record of the source, seed %s", seed)
                .isEqualTo(copies.source.size());
        assertThat(result.matched() + both + result.count(Kind.FOREIGN) + result.count(Kind.DUPLICATED))
                .as("every record of the target, seed %s", seed)
                .isEqualTo(copies.target.size());
        for (int i = 1; i < runs.size(); i++) {
            assertThat(runs.get(i).source())
                    .as("seed %s", seed)
                    .isGreaterThanOrEqualTo(
                            runs.get(i - 1).source() + runs.get(i - 1).length());
        }
    }
}
