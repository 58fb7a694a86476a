package io.towpath.migration.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.kafka.common.TopicPartition;

/** Classes of differences in a log that keeps every record: each one without counterpart must be accounted for. */
final class InOrder implements Comparison {

    /** Gaps that begin when nothing more can be remembered, and may yet be a log start's doing: the first ones are. */
    private static final int MOST_CROWDED = 1000;

    private final TopicPartition partition;
    private final Bounds bounds;
    private final Budget budget;
    private final Tally tally;
    private final List<Gap> gaps = new ArrayList<>();
    private long lastSource;
    private long lastTarget;
    private Gap latest;
    private int crowded;
    private long expiredOnSource;
    private Offsets starts = new Offsets(0, 0);

    InOrder(TopicPartition partition, Bounds bounds, Budget budget) {
        this.partition = partition;
        this.bounds = bounds;
        this.budget = budget;
        this.tally = new Tally(partition);
        this.lastSource = bounds.sourceAfter();
        this.lastTarget = bounds.targetAfter();
    }

    @Override
    public void matched(Entry source, Entry target) {
        if (latest != null) {
            latest.beforeSource = source.offset();
            latest.beforeTarget = target.offset();
            latest = null;
        }
        lastSource = source.offset();
        lastTarget = target.offset();
    }

    @Override
    public void gap(List<Entry> source, List<Entry> target, boolean last) {
        List<Entry> judged = last
                ? target.stream().filter(e -> e.offset() < bounds.targetFence()).toList()
                : target;
        if (source.isEmpty() && judged.isEmpty()) {
            return;
        }
        boolean remembered = (latest == null || !latest.isCrowded()) && budget.take(source.size() + judged.size());
        if (latest == null && !remembered && crowded == MOST_CROWDED) {
            source.forEach(e -> tally.add(Kind.LOST, e, null));
            judged.forEach(e -> tally.add(Kind.FOREIGN, null, e));
            return;
        }
        if (latest == null) {
            latest = new Gap(List.of(), List.of(), lastSource, lastTarget);
            gaps.add(latest);
            crowded += remembered ? 0 : 1;
        }
        if (remembered) {
            latest.source.addAll(source);
            latest.target.addAll(judged);
        } else {
            source.forEach(e -> latest.moreOfSource.add(e.offset()));
            judged.forEach(e -> latest.moreOfTarget.add(e.offset()));
        }
    }

    @Override
    public boolean isOpen() {
        return latest != null;
    }

    @Override
    public void close(Ends ends) {
        starts = ends.starts();
    }

    /** Nothing but a gap says that a record is missing here. */
    @Override
    public List<Span> vacant(boolean ofSource) {
        return List.of();
    }

    @Override
    public List<Suspect> judge(Vacancies source, Vacancies target) {
        pairReordered();
        List<Suspect> suspects = new ArrayList<>();
        for (Gap gap : gaps) {
            pairAlike(gap);
            explain(gap, starts);
            gap.source.forEach(e -> tally.add(Kind.LOST, e, null));
            gap.target.forEach(e -> suspects.add(Suspect.ofTarget(e)));
            gap.moreOfSource.tell(Kind.LOST, Long.MAX_VALUE, partition, tally);
            gap.moreOfTarget.tell(Kind.FOREIGN, Long.MAX_VALUE, partition, tally);
        }
        gaps.clear();
        tally.count(Kind.NOT_PROVEN, bounds.sourceMissed() - expiredOnSource);
        return suspects;
    }

    @Override
    public void settle(Map<Suspect, Suspect.Answer> answers) {
        answers.forEach((suspect, answer) -> tally.add(
                answer.original() == null ? Kind.FOREIGN : Kind.DUPLICATED, answer.original(), suspect.entry()));
    }

    @Override
    public Tally tally() {
        return tally;
    }

    /** Equal records without counterpart, in different places. */
    private void pairReordered() {
        Map<Long, Deque<Entry>> missing = new HashMap<>();
        gaps.forEach(gap -> gap.source.forEach(
                e -> missing.computeIfAbsent(e.lo(), lo -> new ArrayDeque<>()).add(e)));
        Set<Entry> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Gap gap : gaps) {
            gap.target.removeIf(target -> {
                Deque<Entry> like = missing.get(target.lo());
                if (like == null || like.isEmpty() || !like.peek().same(target)) {
                    return false;
                }
                Entry source = like.poll();
                found.add(source);
                tally.add(Kind.REORDERED, source, target);
                return true;
            });
        }
        gaps.forEach(gap -> gap.source.removeIf(found::contains));
    }

    /** Records of one gap that are the same but for some part. */
    private void pairAlike(Gap gap) {
        pair(gap, Entry::sameBody);
        pair(gap, Entry::sameKey);
        if (gap.source.size() == gap.target.size()) {
            pair(gap, (source, target) -> true);
        }
    }

    private void pair(Gap gap, BiPredicate<Entry, Entry> alike) {
        int next = 0;
        for (Iterator<Entry> sources = gap.source.iterator(); sources.hasNext(); ) {
            Entry source = sources.next();
            for (int j = next; j < Math.min(next + 64, gap.target.size()); j++) {
                if (alike.test(source, gap.target.get(j))) {
                    tally.add(Alike.kind(source, gap.target.get(j)), source, gap.target.get(j));
                    gap.target.remove(j);
                    sources.remove();
                    next = j;
                    break;
                }
            }
        }
    }

    /** Takes out of the gap what the other side may have held below its log start; the earliest go first. */
    private void explain(Gap gap, Offsets ends) {
        take(gap, true, Kind.NOT_PROVEN, hiddenOnTarget(gap, 0, bounds.targetWatched()));
        take(gap, true, Kind.EXPIRED, hiddenOnTarget(gap, bounds.targetWatched(), ends.target()));
        take(gap, false, Kind.NOT_PROVEN, hiddenOnSource(gap, 0, bounds.sourceWatched()));
        expiredOnSource += take(gap, false, Kind.EXPIRED, hiddenOnSource(gap, bounds.sourceWatched(), ends.source()));
    }

    private static long hiddenOnTarget(Gap gap, long from, long to) {
        return Gap.hidden(gap.afterTarget, gap.beforeTarget, from, to);
    }

    private static long hiddenOnSource(Gap gap, long from, long to) {
        return Gap.hidden(gap.afterSource, gap.beforeSource, from, to);
    }

    private long take(Gap gap, boolean ofSource, Kind kind, long most) {
        List<Entry> entries = ofSource ? gap.source : gap.target;
        List<Entry> explained = entries.subList(0, (int) Math.min(most, entries.size()));
        explained.forEach(e -> tally.add(kind, ofSource ? e : null, ofSource ? null : e));
        long taken = explained.size();
        explained.clear();
        return taken + (ofSource ? gap.moreOfSource : gap.moreOfTarget).tell(kind, most - taken, partition, tally);
    }
}
