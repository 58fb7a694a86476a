package io.towpath.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.plan.Change.Alter;
import io.towpath.migration.plan.Change.Conflict;
import io.towpath.migration.plan.Change.Create;
import io.towpath.migration.plan.Change.Grow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TopicDifferenceTest {

    private static final Map<String, String> WHILE_MIRRORED = Map.of(
            "message.timestamp.type", "CreateTime", "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));

    @Test
    void anAbsentTopicIsCreatedAsTheSourceHasItButKeepsForeignTimestamps() {
        Topic source = new Topic(
                "t",
                3,
                3,
                Map.of(
                        "retention.ms",
                        "5",
                        "message.timestamp.type",
                        "LogAppendTime",
                        "remote.storage.enable",
                        "true"));
        assertThat(between(source, null))
                .containsExactly(new Create(new Topic("t", 3, 2, with(Map.of("retention.ms", "5")))));
    }

    @Test
    void anEqualTopicNeedsNothing() {
        assertThat(between(new Topic("t", 3, 2, Map.of()), new Topic("t", 3, 2, WHILE_MIRRORED)))
                .isEmpty();
    }

    @Test
    void fewerPartitionsGrowAndOtherConfigsAreSet() {
        assertThat(between(
                        new Topic("t", 4, 1, Map.of("a", "1")),
                        new Topic("t", 3, 1, with(Map.of("a", "2", "own", "x")))))
                .containsExactly(new Grow("t", 3, 4), new Alter("t", Map.of("a", "1")));
    }

    @Test
    void morePartitionsAreAConflictInWords() {
        assertThat(between(new Topic("t", 1, 1, Map.of()), new Topic("t", 6, 1, Map.of())))
                .containsExactly(
                        new Conflict(
                                "t",
                                "6 partitions present on the target; wanted: 1 as on the source, and partitions cannot be removed"));
    }

    @Test
    void anotherCleanupPolicyIsAConflictInWords() {
        assertThat(between(
                                new Topic("t", 1, 1, Map.of("cleanup.policy", "compact")),
                                new Topic("t", 1, 1, WHILE_MIRRORED))
                        .get(0)
                        .describe())
                .isEqualTo("CONFLICT t: cleanup.policy=delete on the target; wanted: compact as on the source, and"
                        + " records may be gone already");
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(WHILE_MIRRORED);
        all.putAll(more);
        return all;
    }

    private static List<Change> between(Topic source, Topic target) {
        return new TopicDifference(2).between(List.of(source), target == null ? Map.of() : Map.of("t", target));
    }
}
