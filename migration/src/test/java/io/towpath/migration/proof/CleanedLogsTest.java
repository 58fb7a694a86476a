package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A proof of two compacted logs that are written, copied and cleaned between any two of its reads. */
class CleanedLogsTest {

    private static final int HISTORIES = 1500;

    @Test
    void nothingIsInventedWhereverTheCleanersAre() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            Mirrored mirrored = new Mirrored(seed, false);
            assertNothingInvented(seed, mirrored.proveInRounds(120));
            assertNothingInvented(seed, mirrored.proveAtRest());
        }
    }

    @Test
    void aMatchMeansThatWhatAnApplicationLoadsIsEqual() {
        int differing = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            Mirrored mirrored = new Mirrored(seed, true);
            PartitionResult rest = mirrored.proveAtRest();
            if (!Mirrored.loaded(mirrored.source).equals(Mirrored.loaded(mirrored.target))) {
                differing++;
                assertThat(rest.differences())
                        .as("seed %s: %s", seed, rest.counts())
                        .isPositive();
            }
        }
        assertThat(differing).isGreaterThan(HISTORIES / 50);
    }

    private static void assertNothingInvented(long seed, PartitionResult result) {
        assertThat(result.differences())
                .as("seed %s: %s", seed, result.findings())
                .isZero();
    }
}
