package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.PartitionProof.Mode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Compacted copies: which records are left differs, what they say about each key must not. */
class ByKeyTest {

    private static final int KEYS = 400;

    @Test
    void compactionOnEitherSideIsNoDifference() {
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Copies copies = compacted(random);
            PartitionResult result = compare(copies, random);
            assertThat(result.differences())
                    .as("seed %s: %s", seed, result.findings())
                    .isZero();
            assertThat(result.count(Kind.COMPACTED) + 2 * result.matched())
                    .as("seed %s", seed)
                    .isEqualTo(copies.source.size() + copies.target.size());
        }
    }

    @Test
    void aLatestValueThatDiffersIsFoundAmongManyKeys() {
        Random random = new Random(7);
        Copies copies = compacted(random);
        int last = copies.target.size() - 1;
        Entry was = copies.target.get(last);
        copies.target.set(last, version(was.offset(), was.key(), -4, false));
        assertThat(compare(copies, random).counts()).containsEntry(Kind.ALTERED, 1L);
    }

    @Test
    void aLatestValueThatIsMissingIsLost() {
        Random random = new Random(8);
        Copies copies = compacted(random);
        copies.target.remove(copies.target.size() - 1);
        assertThat(compare(copies, random).counts()).containsEntry(Kind.LOST, 1L);
    }

    @Test
    void aKeyThatTheSourceNeverHadIsForeign() {
        Random random = new Random(9);
        Copies copies = compacted(random);
        insert(copies.target, 10, version(0, 999_999, 1, false));
        assertThat(compare(copies, random).counts())
                .containsEntry(Kind.FOREIGN, 1L)
                .doesNotContainKey(Kind.LOST);
    }

    @Test
    void aTombstoneThatIsGoneOnOneSideEqualsTheOther() {
        Copies copies = new Copies();
        copies.source.add(version(0, 1, 1, false));
        copies.source.add(version(1, 1, 2, true));
        copies.source.add(version(2, 2, 3, false));
        copies.target.add(version(2, 2, 3, false));
        assertThat(compare(copies, new Random(1)).counts()).isEqualTo(Map.of(Kind.COMPACTED, 2L));
    }

    @Test
    void aForeignRecordIsForeignAlsoWhenALaterOneOfItsKeyIsHonest() {
        Copies copies = new Copies();
        copies.source.add(version(0, 1, 2, false));
        copies.target.add(version(0, 1, 1, false));
        copies.target.add(version(1, 1, 2, false));
        PartitionResult result = compare(copies, new Random(1));
        assertThat(result.counts()).isEqualTo(Map.of(Kind.FOREIGN, 1L));
        assertThat(result.findings().get(0).target()).isEqualTo(Span.at(0));
        assertThat(Verdict.of(List.of(result))).isInstanceOf(Verdict.Mismatch.class);
    }

    @Test
    void aMissingRecordIsLostWhereTheTargetHasNoHole() {
        Copies copies = new Copies();
        copies.source.add(version(0, 1, 1, false));
        copies.source.add(version(1, 1, 2, false));
        copies.target.add(version(0, 1, 2, false));
        assertThat(compare(copies, new Random(1)).counts()).isEqualTo(Map.of(Kind.LOST, 1L));
        copies.target.set(0, version(1, 1, 2, false));
        PartitionResult hole = compare(copies, new Random(1));
        assertThat(hole.counts()).isEqualTo(Map.of(Kind.COMPACTED, 1L));
        assertThat(Verdict.of(List.of(hole)))
                .hasToString("Match of 100 % (1 records equal, 1 compacted, 0 not proven)");
    }

    @Test
    void oneForeignRecordAmongManyCompactedOnesIsFound() {
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Copies copies = compacted(random);
            long key = copies.target.get(copies.target.size() - 1).key();
            int where = holeFree(copies);
            insert(copies.target, where, version(0, key, -9, false));
            assertThat(compare(copies, random).counts()).as("seed %s", seed).containsEntry(Kind.FOREIGN, 1L);
        }
    }

    @Test
    void aMarkersOffsetExcusesNoRecord() {
        Copies copies = superseded();
        copies.onTarget = new Vacancies(range(0, 1), new Ranges());
        PartitionResult result = compare(copies, new Random(1));
        assertThat(result.counts()).isEqualTo(Map.of(Kind.LOST, 1L));
        assertThat(result.findings().get(0).source()).isEqualTo(Span.at(0));
    }

    @Test
    void whereAMarkerMayHaveStoodARecordIsSupersededIfItsKeysLatestIsEqual() {
        Copies copies = superseded();
        copies.onTarget = new Vacancies(new Ranges(), range(0, 1));
        PartitionResult result = compare(copies, new Random(1));
        assertThat(result.counts()).isEqualTo(Map.of(Kind.SUPERSEDED, 1L));
        assertThat(Verdict.of(List.of(result)))
                .hasToString("Match of 100 % (1 records equal, 1 superseded, 0 not proven)");
    }

    @Test
    void whereAMarkerMayHaveStoodARecordIsNotProvenIfItsKeysLatestWasNotCompared() {
        Copies copies = superseded();
        copies.onTarget = new Vacancies(new Ranges(), range(0, 1));
        copies.target.add(version(2, 1, 3, false)); // beyond the fences: the source's is still open, say
        PartitionResult result = copies.compare(new Random(1), new Bounds(0, 2, 0, 2), new Offsets(0, 0), Mode.BY_KEY);
        assertThat(result.counts()).isEqualTo(Map.of(Kind.NOT_PROVEN, 1L));
    }

    @Test
    void aDayOldTopicOfAnExactlyOnceFlowIsAMatch() {
        for (long seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Copies copies = compacted(random);
            copies.onSource = Vacancies.unseen(); // markers are gone too, so no hole tells what stood there
            copies.onTarget = Vacancies.unseen();
            PartitionResult result = compare(copies, random);
            assertThat(Verdict.of(List.of(result)).toString())
                    .as("seed %s", seed)
                    .startsWith("Match of 100 %");
            assertThat(result.count(Kind.SUPERSEDED)).isPositive();
        }
    }

    @Test
    void aLatestValueThatIsMissingIsLostWhateverTheHolesTell() {
        Random random = new Random(8);
        Copies copies = compacted(random);
        copies.onSource = Vacancies.unseen();
        copies.onTarget = Vacancies.unseen();
        copies.target.remove(copies.target.size() - 1);
        assertThat(compare(copies, random).counts()).containsEntry(Kind.LOST, 1L);
    }

    @Test
    void aHotKeyWithManyVersionsThatDifferIsJudgedInOnePass() {
        Copies copies = new Copies();
        int versions = 20_000;
        for (int i = 0; i < versions; i++) {
            copies.source.add(version(i, 1, i, false));
            copies.target.add(new Entry(i, Copies.mix(-i), Copies.mix(-i - 9), 1, i, 0, -i - 1, false)); // restamped
        }
        CompletableFuture<PartitionResult> result = CompletableFuture.supplyAsync(() -> compare(copies, new Random(1)));
        assertThat(result)
                .succeedsWithin(Duration.ofSeconds(60))
                .satisfies(r -> assertThat(r.counts()).isEqualTo(Map.of(Kind.TIMESTAMP_ONLY, (long) versions)));
    }

    @Test
    void noHoleExcusesARecordWhoseKeyTheTargetHoldsNoLaterOneOf() {
        Copies copies = new Copies();
        copies.source.add(version(0, 1, 1, false));
        copies.source.add(version(1, 2, 2, false));
        copies.target.add(version(1, 2, 2, false));
        assertThat(compare(copies, new Random(1)).counts()).isEqualTo(Map.of(Kind.LOST, 1L));
    }

    @Test
    void aTombstoneThatNeverArrivedIsNoMatch() {
        Copies copies = new Copies();
        copies.source.add(version(0, 1, 1, false));
        copies.source.add(version(1, 1, 2, true));
        copies.source.add(version(2, 2, 3, false));
        copies.target.add(version(0, 1, 1, false));
        copies.target.add(version(1, 2, 3, false));
        assertThat(compare(copies, new Random(1)).counts()).isEqualTo(Map.of(Kind.LOST, 1L));
        copies.target.set(1, version(2, 2, 3, false));
        assertThat(compare(copies, new Random(1)).counts()).isEqualTo(Map.of(Kind.NOT_PROVEN, 1L));
    }

    @Test
    void aRecordCompactedForTheSakeOfOneBeyondTheFenceIsNoDifference() {
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Copies copies = compacted(random);
            int fence = 3000 + random.nextInt(3000);
            PartitionResult result =
                    copies.compare(random, new Bounds(0, fence, 0, fence), new Offsets(0, 0), Mode.BY_KEY);
            assertThat(result.differences())
                    .as("seed %s: %s", seed, result.findings())
                    .isZero();
        }
    }

    @Test
    void roundsOfACompactedLogSayWhatOneProofSays() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Copies copies = compacted(random);
            assertThat(inRounds(copies, random).counts())
                    .as("seed %s", seed)
                    .isEqualTo(compare(copies, random).counts());
        }
    }

    private static PartitionResult inRounds(Copies copies, Random random) {
        PartitionResult last = null;
        boolean whole = false;
        for (int reach = 300 + random.nextInt(700); !whole; reach += reach / 2) {
            Bounds ends = new Bounds(
                    0,
                    copies.sourceEnd(),
                    0,
                    copies.targetEnd(),
                    last == null ? -1 : last.sourceNext() - 1,
                    last == null ? -1 : last.targetNext() - 1);
            Bounds bounds = ends.atMost(reach);
            whole = bounds.equals(ends);
            last = copies.part(random, bounds, last, whole ? Mode.BY_KEY : Mode.BY_KEY_LEAVING_THE_REST);
        }
        return last;
    }

    /** One record of a key, then another; the target holds the second alone. */
    private static Copies superseded() {
        Copies copies = new Copies();
        copies.source.add(version(0, 1, 1, false));
        copies.source.add(version(1, 1, 2, false));
        copies.target.add(version(1, 1, 2, false));
        return copies;
    }

    private static Ranges range(long from, long to) {
        Ranges ranges = new Ranges();
        ranges.add(from, to);
        return ranges;
    }

    /** A place of the target whose neighbours follow one another on the source too. */
    private static int holeFree(Copies copies) {
        Set<Long> offsets = new HashSet<>();
        copies.source.forEach(e -> offsets.add(e.offset()));
        for (int i = copies.target.size() - 20; i > 0; i--) {
            long offset = copies.target.get(i).offset();
            if (offsets.contains(offset)
                    && offsets.contains(offset - 1)
                    && copies.target.get(i - 1).offset() == offset - 1) {
                return i;
            }
        }
        return copies.target.size() - 1;
    }

    /** As a log takes it: the offsets of all that follow rise by one. */
    private static void insert(List<Entry> log, int where, Entry entry) {
        long offset = log.get(where).offset();
        for (int i = where; i < log.size(); i++) {
            log.set(i, Copies.at(log.get(i), log.get(i).offset() + 1));
        }
        log.add(where, Copies.at(entry, offset));
    }

    private static PartitionResult compare(Copies copies, Random random) {
        return copies.compare(
                random, new Bounds(0, copies.sourceEnd(), 0, copies.targetEnd()), new Offsets(0, 0), Mode.BY_KEY);
    }

    private static Copies compacted(Random random) {
        Copies all = new Copies();
        for (int i = 0; i < 8000; i++) {
            Entry version = version(i, 1 + random.nextInt(KEYS), i, random.nextInt(10) == 0);
            all.source.add(version);
            all.target.add(version);
        }
        compact(all.source, random);
        compact(all.target, random);
        return all;
    }

    /** Removes records that have a later one of their key, up to a random cleaner point; and some old tombstones. */
    private static void compact(List<Entry> log, Random random) {
        int cleaned = random.nextInt(log.size());
        Map<Long, Long> last = new HashMap<>();
        log.subList(0, cleaned).forEach(e -> last.put(e.key(), e.offset()));
        Set<Entry> gone = new HashSet<>();
        for (Entry e : log.subList(0, cleaned)) {
            boolean superseded = last.get(e.key()) > e.offset();
            if (superseded || (e.tombstone() && e.offset() < cleaned / 2)) {
                gone.add(e);
            }
        }
        log.removeAll(gone);
    }

    private static Entry version(long offset, long key, long value, boolean tombstone) {
        return new Entry(offset, Copies.mix(key), Copies.mix(value * 31 + key), key, value, 0, value, tombstone);
    }
}
