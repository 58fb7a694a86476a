package io.towpath.migration.proof;

import static io.towpath.migration.proof.Copies.at;
import static io.towpath.migration.proof.Copies.entry;
import static io.towpath.migration.proof.Copies.mix;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.PartitionProof.Mode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every class of difference, made on purpose and found as what it is. */
class ClassesTest {

    private final Random random = new Random(42);
    private final Copies copies = Copies.of(3000, random);

    @Test
    void equalCopiesMatchWhateverHolesTheirOffsetsHave() {
        PartitionResult result = copies.compare(random);
        assertThat(result.counts()).isEmpty();
        assertThat(result.matched()).isEqualTo(3000);
        assertThat(Verdict.of(List.of(result))).hasToString("Match of 100 % (3000 records equal, 0 not proven)");
    }

    @Test
    void emptyCopiesMatchToo() {
        assertThat(Verdict.of(List.of(new Copies().compare(random)))).isInstanceOf(Verdict.Match.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1500, 2999})
    void aRecordThatIsMissingIsLost(int where) {
        Entry lost = copies.source.get(where);
        copies.target.remove(where);
        PartitionResult result = copies.compare(random);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.LOST, 1L));
        assertThat(result.findings().get(0).source()).isEqualTo(Span.at(lost.offset()));
        assertThat(result.findings().get(0).target()).isNull();
    }

    @Test
    void aBlockThatIsMissingIsLostRecordByRecord() {
        Copies large = Copies.of(60_000, random);
        large.target.subList(1000, 51_000).clear();
        assertThat(large.compare(random).counts()).isEqualTo(Map.of(Kind.LOST, 50_000L));
    }

    @Test
    void aMissingEndIsLost() {
        Copies large = Copies.of(60_000, random);
        large.target.subList(1000, 60_000).clear();
        assertThat(large.compare(random).counts()).isEqualTo(Map.of(Kind.LOST, 59_000L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 2500})
    void aRecordThatStandsAgainIsDuplicatedAdjacentOrLate(int distance) {
        copies.target.add(200 + distance, copies.target.get(200));
        copies.renumberTarget();
        PartitionResult result = copies.compare(random);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.DUPLICATED, 1L));
        assertThat(result.findings().get(0).source())
                .isEqualTo(Span.at(copies.source.get(200).offset()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 900})
    void aRecordAtAnotherPlaceIsReordered(int distance) {
        copies.target.add(200 + distance, copies.target.remove(200));
        copies.renumberTarget();
        assertThat(copies.compare(random).counts()).isEqualTo(Map.of(Kind.REORDERED, 1L));
    }

    @Test
    void twoThatChangedPlacesAreReordered() {
        Collections.swap(copies.target, 700, 701);
        copies.renumberTarget();
        assertThat(copies.compare(random).counts()).isEqualTo(Map.of(Kind.REORDERED, 1L));
    }

    @Test
    void whatDiffersInOnePartIsNamedByThatPart() {
        edit(100, e -> new Entry(e.offset(), mix(-1), mix(-2), e.key(), -7, 0, e.timestamp(), false));
        edit(200, e -> new Entry(e.offset(), mix(-3), mix(-4), -8, e.value(), 0, e.timestamp(), false));
        edit(300, e -> new Entry(e.offset(), mix(-5), mix(-6), e.key(), e.value(), 5, e.timestamp(), false));
        edit(400, e -> new Entry(e.offset(), mix(-7), mix(-8), e.key(), e.value(), 0, 77_777_777, false));
        PartitionResult result = copies.compare(random);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.ALTERED, 2L, Kind.HEADER_ONLY, 1L, Kind.TIMESTAMP_ONLY, 1L));
        assertThat(result.findings()).allSatisfy(f -> {
            assertThat(f.source()).isNotNull();
            assertThat(f.target()).isNotNull();
        });
    }

    @Test
    void aRecordThatNobodyWroteOnTheSourceIsForeign() {
        copies.target.add(1234, entry(0, -5));
        copies.renumberTarget();
        PartitionResult result = copies.compare(random);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.FOREIGN, 1L));
        assertThat(result.findings().get(0)).hasToString("foreign t-0, target 1234");
    }

    @Test
    void aForeignBlockLargerThanMemoryIsCounted() {
        Copies large = Copies.of(30_000, random);
        for (int i = 0; i < 40_000; i++) {
            large.target.add(5000 + i, entry(0, -5 - i));
        }
        large.renumberTarget();
        assertThat(large.compare(random).counts()).isEqualTo(Map.of(Kind.FOREIGN, 40_000L));
    }

    @Test
    void whatTheTargetReceivedBeyondItsFenceIsNotJudged() {
        long fence = copies.targetEnd();
        for (int i = 0; i < 30_000; i++) {
            copies.target.add(entry(fence + i, 1_000_000 + i));
        }
        Bounds bounds = new Bounds(0, copies.sourceEnd(), 0, fence);
        assertThat(copies.compare(random, bounds, new Offsets(0, 0), Mode.IN_ORDER)
                        .counts())
                .isEmpty();
        copies.source.add(2000, at(entry(0, -9), 0));
        for (int i = 0; i < copies.source.size(); i++) {
            copies.source.set(i, at(copies.source.get(i), i));
        }
        bounds = new Bounds(0, copies.sourceEnd(), 0, fence);
        assertThat(copies.compare(random, bounds, new Offsets(0, 0), Mode.IN_ORDER)
                        .counts())
                .isEqualTo(Map.of(Kind.LOST, 1L));
    }

    @Test
    void whatIsBelowALogStartIsNotProvenAndWhatFollowsIsJudged() {
        copies.renumberTarget();
        copies.target.subList(0, 100).clear();
        copies.target.remove(0);
        Bounds bounds = new Bounds(0, copies.sourceEnd(), 100, copies.targetEnd());
        PartitionResult result = copies.compare(random, bounds, new Offsets(0, 100), Mode.IN_ORDER);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.NOT_PROVEN, 100L, Kind.LOST, 1L));
        assertThat(result.findings().get(0).source())
                .isEqualTo(Span.at(copies.source.get(100).offset()));
    }

    @Test
    void whatALogStartPassedWhileWeWatchedIsExpired() {
        copies.target.subList(0, 100).clear();
        Bounds bounds = new Bounds(0, copies.sourceEnd(), 0, copies.targetEnd());
        Offsets ends = new Offsets(0, copies.target.get(0).offset());
        PartitionResult result = copies.compare(random, bounds, ends, Mode.IN_ORDER);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.EXPIRED, 100L));
        assertThat(Verdict.of(List.of(result))).hasToString("Match of 96.6 % (2900 records equal, 100 not proven)");
    }

    @Test
    void theSourcesOwnExpiryIsNoForeignRecord() {
        copies.source.subList(0, 100).clear();
        long start = copies.source.get(0).offset();
        Bounds bounds = new Bounds(start, copies.sourceEnd(), 0, copies.targetEnd());
        assertThat(copies.compare(random, bounds, new Offsets(start, 0), Mode.IN_ORDER)
                        .counts())
                .isEqualTo(Map.of(Kind.NOT_PROVEN, 100L));
    }

    @Test
    void whatALogStartHidesIsNoLossHoweverMuchItIs() {
        Copies large = Copies.of(160_000, random); // far more than may be remembered
        large.source.subList(0, 150_000).clear();
        long start = large.source.get(0).offset();
        Bounds bounds = new Bounds(start, large.sourceEnd(), 0, large.targetEnd());
        PartitionResult result = large.compare(random, bounds, new Offsets(start, 0), Mode.IN_ORDER);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.NOT_PROVEN, 150_000L));
        Copies mirrored = Copies.of(160_000, random);
        mirrored.target.subList(0, 150_000).clear();
        long first = mirrored.target.get(0).offset();
        Bounds expired = new Bounds(0, mirrored.sourceEnd(), 0, mirrored.targetEnd());
        assertThat(mirrored.compare(random, expired, new Offsets(0, first), Mode.IN_ORDER)
                        .counts())
                .isEqualTo(Map.of(Kind.EXPIRED, 150_000L));
    }

    @Test
    void beyondWhatALogStartHidesALossIsALossHoweverMuchItIs() {
        Copies large = Copies.of(260_000, random);
        large.renumberTarget();
        large.target.subList(0, 250_000).clear();
        Bounds bounds = new Bounds(0, large.sourceEnd(), 100_000, large.targetEnd());
        PartitionResult result = large.compare(random, bounds, new Offsets(0, 100_000), Mode.IN_ORDER);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.NOT_PROVEN, 100_000L, Kind.LOST, 150_000L));
        assertThat(result.findings().get(0).source().from())
                .isEqualTo(large.source.get(100_000).offset());
    }

    private void edit(int where, UnaryOperator<Entry> change) {
        copies.target.set(where, change.apply(copies.target.get(where)));
    }
}
