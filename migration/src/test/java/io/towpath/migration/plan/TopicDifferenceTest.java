package io.towpath.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.plan.Change.Alter;
import io.towpath.migration.plan.Change.Conflict;
import io.towpath.migration.plan.Change.Create;
import io.towpath.migration.plan.Change.Grow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
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

    @Test
    void whatBrokersGiveTheirTopicsIsComparedByWhatHolds() {
        Topic source = inheriting(Map.of(), Map.of("retention.ms", "-1", "min.insync.replicas", "2"));
        Map<String, String> defaults = Map.of("retention.ms", "604800000", "min.insync.replicas", "2");
        assertThat(between(source, null, defaults))
                .containsExactly(new Create(new Topic("t", 1, 2, with(Map.of("retention.ms", "-1")))));
        assertThat(between(source, null, Map.of()))
                .as("a target that does not tell its defaults gets them written out")
                .containsExactly(new Create(
                        new Topic("t", 1, 2, with(Map.of("retention.ms", "-1", "min.insync.replicas", "2")))));
        assertThat(between(source, inheriting(WHILE_MIRRORED, defaults), defaults))
                .containsExactly(new Alter("t", Map.of("retention.ms", "-1")));
        assertThat(between(source, inheriting(with(Map.of("retention.ms", "-1")), defaults), defaults))
                .isEmpty();
    }

    @Test
    void aSettingOfTheTargetAloneThatDeletesRecordsIsTakenBackAndAnotherIsTold() {
        Topic source = inheriting(Map.of(), Map.of("retention.ms", "604800000"));
        Topic target = inheriting(with(Map.of("retention.ms", "3600000", "segment.bytes", "1")), Map.of());
        assertThat(between(source, target, Map.of()))
                .containsExactly(new Alter("t", Map.of("retention.ms", "604800000")));
        assertThat(TopicDifference.onlyOnTarget(source, target))
                .contains("{segment.bytes=1} is set on the target only");
    }

    @Test
    void aLimitOnTheAgeOfRecordsIsLiftedWhereTheTargetsBrokersHaveOne() {
        String forEver = Long.toString(Long.MAX_VALUE);
        Topic source = inheriting(Map.of(), Map.of("message.timestamp.before.max.ms", "1000"));
        assertThat(between(source, null, Map.of("message.timestamp.before.max.ms", "86400000")))
                .containsExactly(
                        new Create(new Topic("t", 1, 2, with(Map.of("message.timestamp.before.max.ms", forEver)))));
        assertThat(between(source, null, Map.of("message.timestamp.before.max.ms", forEver)))
                .containsExactly(new Create(new Topic("t", 1, 2, WHILE_MIRRORED)));
    }

    @Test
    void fewerReplicasThanTheTargetCouldHaveAreAConflictInWords() {
        TopicDifference difference = new TopicDifference(2, Map.of());
        assertThat(difference.lessReplicated(
                        List.of(new Topic("t", 1, 3, Map.of())), Map.of("t", new Topic("t", 1, 1, Map.of()))))
                .extracting(Change::describe)
                .containsExactly("CONFLICT t: replication 1 on the target; wanted: 2 (kafka-reassign-partitions), or"
                        + " --leave replication");
        assertThat(difference.lessReplicated(
                        List.of(new Topic("t", 1, 3, Map.of())), Map.of("t", new Topic("t", 1, 2, Map.of()))))
                .isEmpty();
    }

    @Test
    void aBrokersNamesAreTurnedIntoThoseOfATopic() {
        Config broker = new Config(List.of(
                new ConfigEntry("log.retention.hours", "168"),
                new ConfigEntry("log.retention.minutes", null),
                new ConfigEntry("log.retention.ms", null),
                new ConfigEntry("message.max.bytes", "9")));
        assertThat(Guarded.ofBroker(broker))
                .containsExactlyInAnyOrderEntriesOf(Map.of("retention.ms", "604800000", "max.message.bytes", "9"));
        assertThat(Guarded.ofBroker(new Config(List.of(new ConfigEntry("log.retention.minutes", "-1")))))
                .containsEntry("retention.ms", "-1");
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(WHILE_MIRRORED);
        all.putAll(more);
        return all;
    }

    private static List<Change> between(Topic source, Topic target) {
        return between(source, target, Map.of());
    }

    private static List<Change> between(Topic source, Topic target, Map<String, String> targetDefaults) {
        return new TopicDifference(2, targetDefaults)
                .between(List.of(source), target == null ? Map.of() : Map.of("t", target));
    }

    private static Topic inheriting(Map<String, String> own, Map<String, String> inherited) {
        return new Topic("t", 1, 2, own, inherited, "");
    }
}
