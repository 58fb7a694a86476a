package io.towpath.migration.proof;

import io.towpath.migration.proof.LatestByKey.Latest;
import io.towpath.migration.proof.LatestByKey.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Classes of differences in a compacted log: the latest record of every key must be equal, and a tombstone equals an
 * absent key. Any other record without counterpart is explained if the side that lacks it has a hole in its offsets at
 * that place, as compaction leaves one: a log that was never cleaned there never had the record.
 */
final class ByKey implements Comparison {

    private final Bounds bounds;
    private final Tally tally;
    private final LatestByKey latest;
    private final Budget budget;
    private final List<Holes> unexplained = new ArrayList<>();
    private final Set<Long> looseSource = new HashSet<>();
    private final Set<Long> looseTarget = new HashSet<>();
    private Holes open;
    private long unmatched;
    private long named;

    /**
     * {@code sourceBefore}, {@code targetBefore}: the last pair that an earlier proof has matched, -1 for none. What of
     * the source it judged behind that pair counts as holes here: a gap across two rounds is judged leniently.
     */
    ByKey(TopicPartition partition, Bounds bounds, PartitionProof.Parts parts, long sourceBefore, long targetBefore) {
        this.bounds = bounds;
        this.tally = new Tally(partition);
        this.latest = new LatestByKey(parts.spill());
        this.budget = parts.budget();
        this.open = new Holes(sourceBefore, targetBefore);
    }

    @Override
    public void matched(Entry source, Entry target) {
        closeGap(source.offset(), target.offset());
        open = new Holes(source.offset(), target.offset());
        latest.source(new Version(source, true));
        latest.target(new Version(target, true));
    }

    @Override
    public void gap(List<Entry> source, List<Entry> target, boolean last) {
        source.forEach(e -> latest.source(new Version(e, false)));
        List<Entry> judged = last
                ? target.stream().filter(e -> e.offset() < bounds.targetFence()).toList()
                : target;
        judged.forEach(e -> latest.target(new Version(e, false)));
        int records = source.size() + judged.size();
        unmatched += records;
        boolean remember = budget.take(records);
        if (!remember) {
            budget.give(records);
        }
        open.add(source, judged, target, remember);
    }

    private void closeGap(long nextSource, long nextTarget) {
        if (open.isEmpty()) {
            return;
        }
        open.close(nextSource, nextTarget);
        if (open.explained()) {
            budget.give(open.remembered());
            return;
        }
        unexplained.add(open);
        open.source.forEach(e -> looseSource.add(e.offset()));
        open.target.forEach(e -> looseTarget.add(e.offset()));
    }

    @Override
    public List<Entry> close(LogStarts ends) {
        closeGap(bounds.sourceFence(), bounds.targetFence());
        open = new Holes(-1, -1);
        List<Entry> suspects = new ArrayList<>();
        latest.drain(both -> judge(both, ends, suspects));
        unexplained.forEach(gap -> withoutHole(gap, suspects));
        tally.count(Kind.COMPACTED, Math.max(0, unmatched - named));
        return suspects;
    }

    /** What no key's latest value has named already, beyond the holes; the earliest are held to be compacted. */
    private void withoutHole(Holes gap, List<Entry> suspects) {
        gap.source.stream()
                .filter(e -> looseSource.contains(e.offset()))
                .skip(gap.onTarget())
                .forEach(e -> add(Kind.LOST, new Version(e, false), null));
        gap.target.stream()
                .filter(e -> looseTarget.contains(e.offset()))
                .skip(gap.onSource())
                .forEach(e -> suspect(new Version(e, false), suspects));
        long lost = Math.min(gap.sourceUntold(), unmatched - named);
        long foreign = Math.min(gap.targetUntold(), unmatched - named - lost);
        tally.count(Kind.LOST, lost);
        tally.count(Kind.FOREIGN, foreign);
        named += lost + foreign;
    }

    private void judge(Latest both, LogStarts ends, List<Entry> suspects) {
        Version source = present(both.source);
        Version target = present(both.target);
        if (source == null && target == null) {
            return;
        }
        if (source == null || target == null) {
            oneSide(both, ends, suspects);
        } else if (!source.entry().same(target.entry())) {
            if (source.matched()) {
                suspect(target, suspects);
            } else if (target.matched()) {
                add(Kind.LOST, source, null);
            } else {
                add(Alike.kind(source.entry(), target.entry()), source, target);
            }
        }
    }

    /**
     * Below a log start above zero, deletion may have taken the key's last record. Where the value itself has its like, a
     * tombstone of the other side is what has none.
     */
    private void oneSide(Latest both, LogStarts ends, List<Entry> suspects) {
        if (present(both.target) == null) {
            if (both.source.matched() && both.target != null) {
                suspect(both.target, suspects);
            } else {
                add(gone(bounds.targetWatched(), ends.target(), Kind.LOST), both.source, null);
            }
            return;
        }
        Kind kind = gone(bounds.sourceWatched(), ends.source(), Kind.FOREIGN);
        if (both.target.matched() && both.source != null) {
            add(Kind.LOST, both.source, null);
        } else if (kind == Kind.FOREIGN) {
            suspect(both.target, suspects);
        } else {
            add(kind, null, both.target);
        }
    }

    private void suspect(Version target, List<Entry> suspects) {
        naming(target, looseTarget);
        suspects.add(target.entry());
    }

    private void add(Kind kind, Version source, Version target) {
        naming(source, looseSource);
        naming(target, looseTarget);
        tally.add(kind, source == null ? null : source.entry(), target == null ? null : target.entry());
    }

    private void naming(Version version, Set<Long> loose) {
        if (version != null && !version.matched()) {
            named++;
            loose.remove(version.entry().offset());
        }
    }

    private static Kind gone(long startThen, long startNow, Kind otherwise) {
        if (startNow > startThen) {
            return Kind.EXPIRED;
        }
        return startThen > 0 ? Kind.NOT_PROVEN : otherwise;
    }

    private static Version present(Version version) {
        return version == null || version.entry().tombstone() ? null : version;
    }

    @Override
    public void suspect(Entry suspect, Entry original) {
        tally.add(original == null ? Kind.FOREIGN : Kind.DUPLICATED, original, suspect);
    }

    @Override
    public Tally tally() {
        return tally;
    }
}
