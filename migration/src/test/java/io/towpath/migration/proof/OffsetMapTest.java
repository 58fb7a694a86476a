package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.proof.OffsetMap.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OffsetMapTest {

    @Test
    void pairsThatRiseTogetherAreOneRun() {
        OffsetMap map = new OffsetMap();
        for (int i = 0; i < 1000; i++) {
            map.add(5 + i, 9 + i);
        }
        map.add(2000, 2000);
        assertThat(runs(map)).containsExactly(new Run(5, 9, 1000), new Run(2000, 2000, 1));
    }

    @Test
    void anEmptyMapTranslatesNothing() {
        assertThat(new OffsetMap().toTarget(0)).isEmpty();
        assertThat(runs(new OffsetMap())).isEmpty();
    }

    @Test
    void offsetsThatDoNotRiseAreRefused() {
        OffsetMap map = new OffsetMap();
        map.add(5, 5);
        assertThatThrownBy(() -> map.add(5, 6)).hasMessageStartingWith("offsets must rise");
    }

    @Test
    void everyOffsetIsTranslatedToTheNextPairFromEitherSide() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            OffsetMap map = new OffsetMap();
            TreeMap<Long, Long> bySource = new TreeMap<>();
            TreeMap<Long, Long> byTarget = new TreeMap<>();
            long source = random.nextInt(1000);
            long target = random.nextInt(1000);
            for (int i = 0; i < 5000; i++) {
                map.add(source, target);
                bySource.put(source, target);
                byTarget.put(target, source);
                source += random.nextInt(3) == 0 ? 1 + random.nextInt(random.nextInt(300) + 1) : 1;
                target += random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1;
            }
            for (int i = 0; i < 5000; i++) {
                long ask = random.nextLong(source + 10);
                assertThat(map.toTarget(ask))
                        .as("seed %s, source %s", seed, ask)
                        .hasValue(next(bySource, ask));
                assertThat(map.toSource(ask))
                        .as("seed %s, target %s", seed, ask)
                        .hasValue(next(byTarget, ask));
            }
        }
    }

    private static long next(NavigableMap<Long, Long> pairs, long ask) {
        var entry = pairs.ceilingEntry(ask);
        return entry == null ? pairs.lastEntry().getValue() + 1 : entry.getValue();
    }

    private static List<Run> runs(OffsetMap map) {
        List<Run> runs = new ArrayList<>();
        map.forEach(runs::add);
        return runs;
    }
}
