package io.towpath.migration.proof.read;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Cluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProofTest {

    private static final Cluster TARGET = new Cluster("dc2", Map.of("bootstrap.servers", "one:9092"));

    @Test
    void aClusterIsNotComparedWithItself() {
        assertThatThrownBy(() -> Proof.refuseSame("abc", "abc", TARGET))
                .isInstanceOf(BadInput.class)
                .hasMessage("target.bootstrap.servers: one:9092 given, which is the source's own cluster (abc); wanted:"
                        + " another cluster");
        assertThatCode(() -> Proof.refuseSame("abc", "def", TARGET)).doesNotThrowAnyException();
        assertThatCode(() -> Proof.refuseSame(null, null, TARGET)).doesNotThrowAnyException();
    }

    @Test
    void aTopicThatIsNoLongerAskedForIsNotARecreatedOne() {
        Map<String, String> then = Map.of("source a", "1", "target a", "2", "source b", "3");
        Map<String, String> now = Map.of("source a", "1", "target a", "2");
        assertThatCode(() -> Proof.refuseRecreated(then, now, List.of("a"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Proof.refuseRecreated(then, now, List.of("a", "b")))
                .hasMessageContaining("b was deleted or recreated");
    }
}
