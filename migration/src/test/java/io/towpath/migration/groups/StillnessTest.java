package io.towpath.migration.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.groups.Group.Kind;
import io.towpath.migration.groups.Group.Position;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StillnessTest {

    private static final TopicPartition TP = new TopicPartition("t", 0);

    @Test
    void aGroupThatReadOnOrWasJoinedWhileItWasMovedIsNamed() {
        List<Group> then = List.of(group("still", false, 5), group("read", false, 5), group("joined", false, 5));
        List<Group> now = List.of(group("still", false, 5), group("read", false, 6), group("joined", true, 5));
        assertThat(Stillness.moved(then, now)).extracting(Translated::group).containsExactly("read", "joined");
        assertThat(Stillness.moved(then, List.of())).hasSize(3);
    }

    @Test
    void membersOnEitherSideAreRefused() {
        assertThat(Stillness.active(List.of(group("here", true, 1)), List.of(group("there", true, 1))))
                .extracting(Translated.Refused::toString)
                .containsExactly(
                        "REFUSED here: it has members on the source; stop them first",
                        "REFUSED there: it has members on the target already; stop them first");
        assertThat(Stillness.active(List.of(group("g", false, 1)), List.of())).isEmpty();
    }

    private static Group group(String name, boolean active, long offset) {
        return new Group(name, Kind.CONSUMER, active, Map.of(TP, new Position(offset, "", 0)));
    }
}
