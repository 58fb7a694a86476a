package io.towpath.migration.switchover;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.journal.Entry.Phase;
import io.towpath.migration.journal.Passage;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwitchMetricsTest {

    @Test
    void whatStandsInTheJournalIsShown() {
        Standing fresh = Standing.fresh("shop");
        assertThat(SwitchMetrics.of(fresh).text().lines())
                .contains(
                        "towpath_switch_under_way{migration=\"shop\"} 0",
                        "towpath_switch_open{migration=\"shop\",side=\"source\"} 1",
                        "towpath_switch_open{migration=\"shop\",side=\"target\"} 0");
        Passage passage = new Passage(Side.TARGET, false, List.of("orders"), List.of())
                .begun("freeze", "2026-01-01T00:00:00Z", Map.of())
                .moved("freeze", Phase.DONE, "2026-01-01T00:00:05Z", Map.of())
                .begun("prove", "2026-01-01T00:00:05Z", Map.of());
        assertThat(SwitchMetrics.of(fresh.with(passage)).text().lines())
                .contains(
                        "towpath_switch_under_way{migration=\"shop\"} 1",
                        "towpath_switch_step_seconds{migration=\"shop\",phase=\"done\",step=\"freeze\"} 1767225605.000",
                        "towpath_switch_step_seconds{migration=\"shop\",phase=\"begun\",step=\"prove\"} 1767225605.000");
    }
}
