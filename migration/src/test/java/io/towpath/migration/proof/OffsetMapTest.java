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

    @Test
    void copiesThatGoOnApartDoNotDisturbEachOther() {
        for (int runs : new int[] {0, 1, 255, 256, 257, 1000}) {
            OffsetMap map = new OffsetMap();
            for (int i = 0; i < runs; i++) {
                map.add(i * 2L, i * 3L);
            }
            List<OffsetMap.Run> before = all(map);
            OffsetMap first = map.copy();
            OffsetMap second = map.copy();
            for (int i = 0; i < 600; i++) {
                first.add(10_000 + i * 2L, 10_000 + i * 5L);
                second.add(20_000 + i * 7L, 20_000 + i * 2L);
            }
            assertThat(all(map)).as("%s runs", runs).isEqualTo(before);
            assertThat(first.toTarget(10_100)).hasValue(10_250);
            assertThat(second.toSource(20_100)).hasValue(20_350);
            assertThat(all(first).subList(0, runs)).isEqualTo(before);
            assertThat(all(second).subList(0, runs)).isEqualTo(before);
        }
    }

    @Test
    void pairsBetweenTwoOffsetsAreCounted() {
        OffsetMap map = new OffsetMap();
        for (int i = 0; i < 3000; i++) {
            map.add(i * 2L, i + i / 10); // runs of one, and holes on the target
        }
        assertThat(map.between(0, 0)).isZero();
        assertThat(map.between(2000, 11)).isZero();
        assertThat(map.between(20, 33)).isEqualTo(20);
        assertThat(map.between(0, Long.MAX_VALUE)).isEqualTo(3000);
        assertThat(map.between(5999, Long.MAX_VALUE)).isZero();
    }

    private static List<OffsetMap.Run> all(OffsetMap map) {
        List<OffsetMap.Run> runs = new ArrayList<>();
        map.forEach(runs::add);
        return runs;
    }
}
