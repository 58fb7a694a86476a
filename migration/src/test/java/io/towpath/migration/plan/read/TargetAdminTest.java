package io.towpath.migration.plan.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.plan.Change;
import io.towpath.migration.plan.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetAdminTest {

    @Test
    void noRequestHoldsMorePartitionsThanAControllerTakes() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            changes.add(new Change.Create(new Topic("t" + i, 200, 1, Map.of())));
        }
        changes.add(new Change.Create(new Topic("wide", 8_000, 1, Map.of())));
        changes.add(new Change.Grow("g", 1, 2));
        List<List<Change>> requests = TargetAdmin.together(changes);
        assertThat(requests).extracting(List::size).containsExactly(25, 25, 25, 15, 1, 1);
        assertThat(requests.stream().flatMap(List::stream)).containsExactlyElementsOf(changes);
    }

    @Test
    void changesOfOneKindGoAHundredAtATime() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            changes.add(new Change.Alter("t" + i, Map.of("a", "b")));
        }
        assertThat(TargetAdmin.together(changes)).extracting(List::size).containsExactly(100, 50);
        assertThat(TargetAdmin.together(List.of())).isEmpty();
    }
}
