package io.towpath.migration.proof;

import io.towpath.migration.proof.LatestByKey.Latest;
import io.towpath.migration.proof.LatestByKey.Version;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Classes of differences in a compacted log: the latest record of every key must be equal, and a tombstone equals an
 * absent key. Any other record without counterpart is explained: a later one of its key exists.
 */
final class ByKey implements Comparison {

    private final Bounds bounds;
    private final Tally tally;
    private final LatestByKey latest;
    private long unmatched;

    ByKey(TopicPartition partition, Bounds bounds, Spill spill) {
        this.bounds = bounds;
        this.tally = new Tally(partition);
        this.latest = new LatestByKey(spill);
    }

    @Override
    public void matched(Entry source, Entry target) {
        latest.source(new Version(source, true));
        latest.target(new Version(target, true));
    }

    @Override
    public void gap(List<Entry> source, List<Entry> target, boolean last) {
        source.forEach(e -> latest.source(new Version(e, false)));
        unmatched += source.size();
        for (Entry e : target) {
            if (!last || e.offset() < bounds.targetFence()) {
                latest.target(new Version(e, false));
                unmatched++;
            }
        }
    }

    @Override
    public List<Entry> close(LogStarts ends) {
        List<Entry> suspects = new ArrayList<>();
        latest.drain(both -> judge(both, ends, suspects));
        long named = tally.total() + suspects.size();
        tally.count(Kind.COMPACTED, Math.max(0, unmatched - named));
        return suspects;
    }

    private void judge(Latest both, LogStarts ends, List<Entry> suspects) {
        Version source = present(both.source);
        Version target = present(both.target);
        if (source == null && target == null) {
            return;
        }
        if (source == null || target == null) {
            oneSide(source, target, ends, suspects);
        } else if (!source.entry().same(target.entry())) {
            if (source.matched()) {
                suspects.add(target.entry());
            } else if (target.matched()) {
                tally.add(Kind.LOST, source.entry(), null);
            } else {
                tally.add(Alike.kind(source.entry(), target.entry()), source.entry(), target.entry());
            }
        }
    }

    /** Below a log start above zero, deletion may have taken the key's last record. */
    private void oneSide(Version source, Version target, LogStarts ends, List<Entry> suspects) {
        if (target == null) {
            tally.add(gone(bounds.targetWatched(), ends.target(), Kind.LOST), source.entry(), null);
            return;
        }
        Kind kind = gone(bounds.sourceWatched(), ends.source(), Kind.FOREIGN);
        if (kind == Kind.FOREIGN) {
            suspects.add(target.entry());
        } else {
            tally.add(kind, null, target.entry());
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
