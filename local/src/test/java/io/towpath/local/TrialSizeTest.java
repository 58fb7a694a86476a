package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialSizeTest {

    @Test
    void theBuildIsSmallAndAlwaysTheSame() {
        TrialSize size = new TrialSize(false, 0, null);
        assertThat(size.of(100, 10_000)).isEqualTo(100);
        assertThat(size.rounds(1, 20)).isEqualTo(1);
        assertThat(size.seed(4711)).isEqualTo(4711);
    }

    @Test
    void aTrialIsAsLargeAsItsIssueSays() {
        TrialSize size = new TrialSize(true, 0, null);
        assertThat(size.of(100, 10_000)).isEqualTo(10_000);
        assertThat(size.rounds(1, 20)).isEqualTo(20);
        assertThat(size.seed(4711)).isEqualTo(4711);
    }

    @Test
    void roundsAndSeedThatWereAskedForWin() {
        TrialSize size = new TrialSize(true, 3, 42L);
        assertThat(size.of(100, 10_000)).isEqualTo(10_000);
        assertThat(size.rounds(1, 20)).isEqualTo(3);
        assertThat(size.seed(4711)).isEqualTo(42);
    }
}
