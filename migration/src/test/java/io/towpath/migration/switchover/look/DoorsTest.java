package io.towpath.migration.switchover.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.Switching.Force;
import io.towpath.migration.config.Switching.Freezing;
import io.towpath.migration.journal.Side;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoorsTest {

    private static final Cluster DC1 = new Cluster(
            "dc1",
            Map.of(
                    Cluster.BOOTSTRAP,
                    "127.0.0.1:1",
                    "sasl.jaas.config",
                    "org.example.Login required username=\"flow\" password=\"hidden\";"));

    private static Freezing freezing(Force force, String principal) {
        return new Freezing(force, List.of(principal), List.of(), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void thePrincipalThatTheFlowNeedsIsNotSlowedDown() {
        try (LogView view = new LogView(DC1)) {
            Doors doors = new Doors(Side.SOURCE, view, freezing(Force.QUOTA, "User:flow"));
            assertThatThrownBy(doors::doubt)
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("switch.principals: User:flow given")
                    .hasMessageNotContaining("hidden");
            assertThat(new Doors(Side.SOURCE, view, freezing(Force.QUOTA, "User:shop")).doubt())
                    .hasValue("a quota slows all that they write on dc1, other topics too");
        }
    }

    @Test
    void evidenceNeedsNoDoor() {
        try (LogView view = new LogView(DC1)) {
            Doors doors = new Doors(Side.SOURCE, view, freezing(Force.EVIDENCE, "User:flow"));
            assertThat(doors.doubt()).isEmpty();
            assertThat(doors.missing(List.of("orders"))).isEmpty();
        }
    }
}
