package io.towpath.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Deed DEED = Deed.of("order.placed", "7", "1", "{\"change_id\": 1}");
    private static final List<Sighting> SEEN = List.of(new Sighting(DEED, "id", 0));
    private static final Station WHOLE = Station.of("dc1", List.of(DEED), SEEN, SEEN);
    private static final Outcome.Changes ONE = new Outcome.Changes(1, 1, 0, 0);
    private static final Station EMPTY = Station.of("warehouse: rows", List.of(DEED), List.of(), SEEN);

    @Test
    void everythingEqualPasses() {
        Outcome outcome = new Outcome(ONE, List.of(WHOLE), "verify: Match(100 %)", true);
        assertThat(outcome.lastLine()).isEqualTo("demo: PASS");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void oneStationThatDiffersFailsAndIsNamed() {
        Outcome outcome = new Outcome(ONE, List.of(WHOLE, EMPTY), "verify: Match(100 %)", true);
        assertThat(outcome.lastLine()).isEqualTo("demo: FAIL warehouse: rows: 1 missing: order.placed #1");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void aProofThatFindsSomethingFails() {
        Outcome outcome = new Outcome(ONE, List.of(WHOLE), "verify: MISMATCH", false);
        assertThat(outcome.lastLine()).isEqualTo("demo: FAIL verify: MISMATCH");
    }

    @Test
    void aWorkloadThatDidNothingProvesNothing() {
        Outcome outcome = new Outcome(new Outcome.Changes(0, 0, 0, 3), List.of(), "verify: Match(100 %)", true);
        assertThat(outcome.lastLine()).startsWith("demo: FAIL shop:");
    }
}
