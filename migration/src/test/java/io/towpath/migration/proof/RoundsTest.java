package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.PartitionProof.Mode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A proof in rounds, each from the checkpoint of the one before, says what one proof of everything says. */
class RoundsTest {

    @Test
    void manyRoundsEqualOne() throws IOException {
        for (long seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            Copies copies = Copies.of(2000 + random.nextInt(3000), random);
            copies.target.remove(300 + random.nextInt(1000));
            copies.target.add(200, Copies.entry(0, -3));
            copies.renumberTarget();
            Bounds whole = new Bounds(0, copies.sourceEnd(), 0, copies.targetEnd());
            PartitionResult once = copies.compare(random, whole, new Offsets(0, 0), Mode.IN_ORDER);
            PartitionResult rounds = inRounds(copies, random);
            assertThat(rounds.counts()).as("seed %s", seed).isEqualTo(once.counts());
            assertThat(rounds.matched()).as("seed %s", seed).isEqualTo(once.matched());
            assertThat(runs(rounds)).as("seed %s", seed).isEqualTo(runs(once));
        }
    }

    @Test
    void whatTheSourceDeletedBetweenTwoRoundsIsMissingCoverage() throws IOException {
        Random random = new Random(3);
        Copies copies = Copies.of(1000, random);
        PartitionResult first =
                copies.part(random, new Bounds(0, copies.source.get(400).offset(), 0, 0), null, Mode.IN_ORDER);
        long from = copies.source.get(600).offset();
        copies.source.removeIf(e -> e.offset() < from);
        copies.target.removeIf(e -> e.offset() < first.targetNext());
        copies.target.subList(0, 200).clear();
        Bounds rest = new Bounds(
                from, copies.sourceEnd(), 0, copies.targetEnd(), first.sourceNext() - 1, first.targetNext() - 1);
        PartitionResult result = copies.part(random, rest, kept(first), Mode.IN_ORDER);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.NOT_PROVEN, from - first.sourceNext()));
        assertThat(result.matched()).isEqualTo(800);
    }

    @Test
    void whatTheTargetDeletedAfterItWasJudgedIsMissingCoverage() throws IOException {
        Random random = new Random(4);
        Copies copies = plain(200);
        PartitionResult first = kept(copies.part(random, new Bounds(0, 200, 0, 200), null, Mode.IN_ORDER));
        Bounds later = new Bounds(0, 200, 190, 200, first.sourceNext() - 1, first.targetNext() - 1);
        PartitionResult shown = copies.shown(random, later, first, Mode.IN_ORDER);
        assertThat(shown.findings()).hasToString("[expired t-0, source 0..189, target 0..189 (190 records)]");
        assertThat(Verdict.of(List.of(shown))).hasToString("Match of 5.0 % (10 records equal, 190 not proven)");
        PartitionResult again = kept(copies.part(random, later, first, Mode.IN_ORDER));
        assertThat(again.matched()).isEqualTo(200);
        assertThat(again.counts()).isEmpty();
    }

    @Test
    void whatBothSidesDeletedAfterItWasJudgedWasEqual() throws IOException {
        Random random = new Random(5);
        Copies copies = plain(200);
        PartitionResult first = kept(copies.part(random, new Bounds(0, 200, 0, 200), null, Mode.IN_ORDER));
        Bounds later = new Bounds(195, 200, 190, 200, first.sourceNext() - 1, first.targetNext() - 1);
        assertThat(copies.shown(random, later, first, Mode.IN_ORDER).counts()).isEmpty();
    }

    @Test
    void whatTheSourceDeletedBetweenTwoRoundsIsMissingCoverageByKeyToo() throws IOException {
        Random random = new Random(6);
        for (Mode mode : List.of(Mode.IN_ORDER, Mode.BY_KEY)) {
            Copies copies = plain(3000);
            PartitionResult first = kept(copies.part(random, new Bounds(0, 1000, 0, 0), null, mode));
            copies.source.subList(0, 2000).clear();
            copies.target.subList(1000, 2000).clear();
            copies.renumberTarget();
            Bounds rest = new Bounds(2000, 3000, 0, 2000, first.sourceNext() - 1, first.targetNext() - 1);
            assertThat(Verdict.of(List.of(copies.shown(random, rest, first, mode))))
                    .as(mode.toString())
                    .hasToString("Match of 66.6 % (2000 records equal, 1000 not proven)");
        }
    }

    @Test
    void whatWaitsForATargetThatReceivesNothingIsNotProven() {
        Copies copies = plain(1000);
        copies.target.remove(999);
        PartitionResult result =
                copies.shown(new Random(7), new Bounds(0, 1000, 0, 999), null, Mode.BY_KEY_LEAVING_THE_REST);
        assertThat(Verdict.of(List.of(result))).hasToString("Match of 99.9 % (999 records equal, 1 not proven)");
        copies.target.clear();
        PartitionResult dead =
                copies.shown(new Random(7), new Bounds(0, 1000, 0, 0), null, Mode.BY_KEY_LEAVING_THE_REST);
        assertThat(Verdict.of(List.of(dead))).hasToString("Match of 0.0 % (0 records equal, 1000 not proven)");
    }

    @Test
    void whatStandsOnTheTargetAloneIsNotProvenWhileItWaits() {
        Copies copies = plain(100);
        copies.target.add(Copies.entry(100, -5));
        PartitionResult result =
                copies.shown(new Random(8), new Bounds(0, 100, 0, 101), null, Mode.BY_KEY_LEAVING_THE_REST);
        assertThat(Verdict.of(List.of(result))).hasToString("Match of 99.0 % (100 records equal, 1 not proven)");
    }

    @Test
    void whatWasFoundLastIsListedHoweverMuchIsNotProven() {
        List<Finding> gone = new ArrayList<>();
        for (int i = 0; i < Tally.LISTED; i++) {
            gone.add(new Finding(Kind.NOT_PROVEN, Copies.TP, Span.at(i * 2L), null, 1));
        }
        Finding lost = new Finding(Kind.LOST, Copies.TP, Span.at(9_999), null, 1);
        PartitionResult before = listing(gone, Kind.NOT_PROVEN);
        assertThat(listing(List.of(lost), Kind.LOST).after(before).findings())
                .hasSize(Tally.LISTED)
                .contains(lost);
    }

    private static PartitionResult listing(List<Finding> findings, Kind kind) {
        return new PartitionResult(
                Copies.TP,
                new Bounds(0, 10_000, 0, 10_000),
                0,
                Map.of(kind, (long) findings.size()),
                findings,
                new OffsetMap());
    }

    /** Equal copies without holes. */
    private static Copies plain(int records) {
        Copies copies = new Copies();
        for (int i = 0; i < records; i++) {
            copies.source.add(Copies.entry(i, i));
            copies.target.add(Copies.entry(i, i));
        }
        return copies;
    }

    private static PartitionResult inRounds(Copies copies, Random random) throws IOException {
        PartitionResult last = null;
        Bounds bounds;
        do {
            Bounds ends = new Bounds(
                    0,
                    copies.sourceEnd(),
                    0,
                    copies.targetEnd(),
                    last == null ? -1 : last.sourceNext() - 1,
                    last == null ? -1 : last.targetNext() - 1);
            bounds = ends.atMost(200 + random.nextInt(400));
            last = copies.part(random, bounds, last == null ? null : kept(last), Mode.IN_ORDER);
        } while (bounds.sourceFence() < copies.sourceEnd());
        return last;
    }

    /** Written and read again, as a killed proof finds it. */
    private static PartitionResult kept(PartitionResult result) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Epochs epochs = new Epochs(Map.of(Copies.TP, 3), Map.of(Copies.TP, 8));
        Instant since = Instant.parse("2026-01-01T00:00:00Z");
        new Checkpoint(List.of(result), Map.of("source t", "id"), epochs, since, false).write(bytes);
        Checkpoint read = Checkpoint.read(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(read.topics()).isEqualTo(Map.of("source t", "id"));
        assertThat(read.epochs()).isEqualTo(epochs);
        assertThat(read.reversed().epochs().source()).isEqualTo(epochs.target());
        assertThat(read.since()).isEqualTo(since);
        return read.results().get(0);
    }

    private static List<OffsetMap.Run> runs(PartitionResult result) {
        List<OffsetMap.Run> runs = new ArrayList<>();
        result.map().forEach(runs::add);
        return runs;
    }
}
