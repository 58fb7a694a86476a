package io.towpath.migration.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.groups.Group.Kind;
import io.towpath.migration.groups.Group.Position;
import io.towpath.migration.groups.Translated.Exact;
import io.towpath.migration.groups.Translated.Refused;
import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.OffsetMap;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Span;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationTest {

    private static final TopicPartition TP = new TopicPartition("t", 0);
    private static final TopicPartition EMPTY = new TopicPartition("t", 1);

    /** Pairs 10-0, 11-1, 12-2, then a marker on the source, then 14-3, a marker on the target, 15-5. */
    private static final Translation TRANSLATION = new Translation(List.of(result(), empty()), Accepted.NOTHING);

    @ParameterizedTest
    @CsvSource({"0,0", "10,0", "11,1", "13,3", "14,3", "15,5", "16,6", "17,6"})
    void theNextRecordReadIsTheFirstOneNotCommitted(long source, long target) {
        assertThat(TRANSLATION.of(List.of(group(Kind.CONSUMER, TP, source, 0))))
                .containsExactly(new Exact("g", Kind.CONSUMER, TP, source, target, "note", 0));
    }

    @Test
    void aPartitionWithoutAnyRecordGoesOnAtTheTargetsEnd() {
        assertThat(TRANSLATION.of(List.of(group(Kind.CONSUMER, EMPTY, 0, 0))))
                .containsExactly(new Exact("g", Kind.CONSUMER, EMPTY, 0, 0, "note", 0));
    }

    @Test
    void whatIsNotProvenIsNotTranslated() {
        assertThat(TRANSLATION.of(List.of(group(Kind.CONSUMER, TP, 18, 0))))
                .containsExactly(new Refused("g", TP, "it stands at 18, beyond what is proven (17); prove again"));
    }

    @Test
    void aGroupThatAlsoReadsOutsideTheMigrationIsRefused() {
        Group group = new Group(
                "g",
                Kind.CONSUMER,
                false,
                Map.of(TP, new Position(10, "", 0), new TopicPartition("audit", 0), new Position(1, "", 0)));
        assertThat(TRANSLATION.of(List.of(group)).get(0))
                .hasToString("REFUSED g: it also reads [audit], which this migration does not move");
    }

    @Test
    void aGroupWithoutPositionsIsRefused() {
        assertThat(TRANSLATION
                        .of(List.of(new Group("g", Kind.CONSUMER, false, Map.of())))
                        .get(0))
                .hasToString("REFUSED g: it has no position on the source");
    }

    @Test
    void aShareGroupIsExactOnlyWhenNothingBeyondItsStartIsAcknowledged() {
        assertThat(TRANSLATION.of(List.of(group(Kind.SHARE, TP, 11, 0))).get(0)).isInstanceOf(Exact.class);
        assertThat(TRANSLATION.of(List.of(group(Kind.SHARE, TP, 11, 2))).get(0))
                .hasToString(
                        "REFUSED g t-0: 2 records beyond its start are acknowledged, and only the start can be set;"
                                + " --accept share-redelivery lets them come again");
        assertThat(new Translation(List.of(result()), new Accepted(true, false))
                        .of(List.of(group(Kind.SHARE, TP, 11, 2)))
                        .get(0))
                .hasToString("g t-0: 11 is 1, 2 records come again");
    }

    @Test
    void aGroupWhoseNextRecordsAreDeletedOnTheTargetIsRefused() {
        Translation cut = new Translation(List.of(with(new Bounds(10, 17, 2, 7))), Accepted.NOTHING);
        assertThat(cut.of(List.of(group(Kind.CONSUMER, TP, 11, 0))).get(0))
                .hasToString(
                        "REFUSED g t-0: it stands at 11, and 1 records that it has still to read are deleted on the"
                                + " target, whose log begins at 2");
        assertThat(cut.of(List.of(group(Kind.CONSUMER, TP, 12, 0))).get(0)).hasToString("g t-0: 12 is 2");
    }

    @Test
    void whatIsDeletedOnBothSidesIsReadNowhere() {
        Translation cut = new Translation(List.of(with(new Bounds(12, 17, 2, 7))), Accepted.NOTHING);
        assertThat(cut.of(List.of(group(Kind.CONSUMER, TP, 0, 0))).get(0)).hasToString("g t-0: 0 is 2");
        Translation all = new Translation(List.of(with(new Bounds(17, 17, 7, 7))), Accepted.NOTHING);
        assertThat(all.of(List.of(group(Kind.CONSUMER, TP, 16, 0))).get(0)).hasToString("g t-0: 16 is 7");
    }

    @Test
    void aPositionIsRefusedWhenRecordsAfterItAreNotProven() {
        Finding gone = new Finding(io.towpath.migration.proof.Kind.NOT_PROVEN, TP, new Span(10, 11), null, 2);
        PartitionResult part = new PartitionResult(
                TP,
                new Bounds(10, 17, 0, 7),
                3,
                Map.of(io.towpath.migration.proof.Kind.NOT_PROVEN, 2L),
                List.of(gone),
                result().map());
        Translation exact = new Translation(List.of(part), Accepted.NOTHING);
        assertThat(exact.of(List.of(group(Kind.CONSUMER, TP, 11, 0))).get(0))
                .hasToString("REFUSED g t-0: 2 records that it may still have to read are not proven;"
                        + " --accept-coverage sets 1 all the same");
        assertThat(exact.of(List.of(group(Kind.CONSUMER, TP, 12, 0))).get(0)).hasToString("g t-0: 12 is 2");
        assertThat(new Translation(List.of(part), new Accepted(false, true))
                        .of(List.of(group(Kind.CONSUMER, TP, 11, 0)))
                        .get(0))
                .hasToString("g t-0: 11 is 1");
    }

    @Test
    void recordsWithoutProofWhosePlaceIsNotKnownMayStandAnywhere() {
        Translation sampled = new Translation(List.of(result().without(40)), Accepted.NOTHING);
        assertThat(sampled.of(List.of(group(Kind.CONSUMER, TP, 16, 0))).get(0)).isInstanceOf(Refused.class);
    }

    @Test
    void anOldPositionOnTheTargetWhereTheSourceHasNoneIsRefused() {
        Group here = group(Kind.CONSUMER, TP, 11, 0);
        Group there = new Group(
                "g", Kind.CONSUMER, false, Map.of(TP, new Position(0, "", 0), EMPTY, new Position(55, "", 0)));
        assertThat(TRANSLATION.leftOver(List.of(here), List.of(there)))
                .singleElement()
                .hasToString("REFUSED g t-1: it has no position on the source, and on the target an old one, 55;"
                        + " delete that one first");
        assertThat(TRANSLATION.leftOver(List.of(here), List.of())).isEmpty();
        assertThat(TRANSLATION.notes(here, List.of()))
                .singleElement()
                .hasToString("g t-1: no position on either side; auto.offset.reset decides there, as before");
    }

    @Test
    void aStreamsApplicationOfEitherProtocolMustWipeItsState() {
        Map<TopicPartition, Position> all = Map.of(TP, new Position(10, "", 0), EMPTY, new Position(0, "", 0));
        Group streams = new Group("app", Kind.STREAMS, false, all);
        Group classic = new Group("app", Kind.CONSUMER, false, all);
        assertThat(TRANSLATION.notes(streams, List.of()).get(0))
                .hasToString("app: wipe the application's local state before it starts on the other cluster; its"
                        + " checkpoints hold offsets of this one");
        assertThat(TRANSLATION.notes(classic, List.of("orders", "app-store-changelog")))
                .hasSize(1);
        assertThat(TRANSLATION.notes(classic, List.of("orders", "other-store-changelog")))
                .isEmpty();
    }

    private static Group group(Kind kind, TopicPartition partition, long offset, long ahead) {
        return new Group("g", kind, false, Map.of(partition, new Position(offset, "note", ahead)));
    }

    private static PartitionResult result() {
        return with(new Bounds(10, 17, 0, 7));
    }

    private static PartitionResult with(Bounds bounds) {
        OffsetMap map = new OffsetMap();
        long[][] pairs = {{10, 0}, {11, 1}, {12, 2}, {14, 3}, {15, 5}};
        for (long[] pair : pairs) {
            map.add(pair[0], pair[1]);
        }
        return new PartitionResult(TP, bounds, 5, Map.of(), List.of(), map);
    }

    private static PartitionResult empty() {
        return new PartitionResult(EMPTY, new Bounds(0, 0, 0, 0), 0, Map.of(), List.of(), new OffsetMap());
    }
}
