package io.towpath.migration.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides which of several identical records is the counterpart of one, where a cleaner took the others: the last, as it
 * keeps the last. Two deletions of one key within a millisecond are identical, and side by side the first fits as well;
 * but then the records between them seem to have no room on the other side.
 *
 * <pre>
 * source      . . a b        as read: a-a, then a gap of x and a
 * target      a x a b        as told: a gap of a and x, then a-a
 * </pre>
 *
 * <p>Always: pairs rise on both sides; everything is told on, in order, a gap and {@value #DEEP} pairs late at most.
 */
final class Twins implements Alignment.Listener {

    private static final int DEEP = 64;

    private record Pair(Entry source, Entry target) {}

    private record Digest(long hi, long lo) {
        static Digest of(Entry entry) {
            return new Digest(entry.hi(), entry.lo());
        }
    }

    /** Indices of two that are equal. */
    private record At(int source, int target) {}

    private final Alignment.Listener next;
    private final boolean leaving;
    private final List<Entry> sourcesBefore = new ArrayList<>();
    private final List<Entry> targetsBefore = new ArrayList<>();
    private final List<Pair> held = new ArrayList<>();

    /** {@code leaving}: what stands after the last pair is left to the next proof; then that pair must be no deletion. */
    Twins(Alignment.Listener next, boolean leaving) {
        this.next = next;
        this.leaving = leaving;
    }

    @Override
    public void matched(Entry source, Entry target) {
        if (held.size() == DEEP) {
            tell(DEEP / 2);
        }
        held.add(new Pair(source, target));
    }

    @Override
    public void gap(List<Entry> source, List<Entry> target, boolean last) {
        if (leaving && last) {
            leave();
        }
        tell(firstTwinOf(source, target));
        if (held.isEmpty() || !again(source, target)) {
            tell(held.size());
            hold(source, target);
        }
        if (last) {
            tellGap(true);
        }
    }

    /** Nothing follows. */
    void end() {
        if (leaving) {
            leave();
        }
        tell(held.size());
    }

    /** The deletions at the end are not told as pairs: which of several identical ones they are, what follows will tell. */
    private void leave() {
        int end = held.size();
        while (end > 0 && held.get(end - 1).source.tombstone()) {
            end--;
        }
        List<Pair> left = List.copyOf(held.subList(end, held.size()));
        held.subList(end, held.size()).clear();
        tell(end);
        left.forEach(pair -> {
            sourcesBefore.add(pair.source);
            targetsBefore.add(pair.target);
        });
        tellGap(false);
    }

    /** How many pairs are none of those that come again. */
    private int firstTwinOf(List<Entry> source, List<Entry> target) {
        Set<Digest> digests = new HashSet<>();
        source.forEach(e -> digests.add(Digest.of(e)));
        target.forEach(e -> digests.add(Digest.of(e)));
        int first = 0;
        while (first < held.size() && !digests.contains(Digest.of(held.get(first).source))) {
            first++;
        }
        return first;
    }

    /** Pairs what is held and what has come from the end; returns whether as many are paired. */
    private boolean again(List<Entry> source, List<Entry> target) {
        List<Entry> sources = new ArrayList<>(sourcesBefore);
        List<Entry> targets = new ArrayList<>(targetsBefore);
        held.forEach(pair -> sources.add(pair.source));
        held.forEach(pair -> targets.add(pair.target));
        sources.addAll(source);
        targets.addAll(target);
        Deque<At> late = fromTheEnd(sources, targets);
        if (late.size() < held.size()) {
            return false;
        }
        held.clear();
        sourcesBefore.clear();
        targetsBefore.clear();
        int i = 0;
        int j = 0;
        for (At pair : late) {
            hold(sources.subList(i, pair.source), targets.subList(j, pair.target));
            tellGap(false);
            next.matched(sources.get(pair.source), targets.get(pair.target));
            i = pair.source + 1;
            j = pair.target + 1;
        }
        hold(sources.subList(i, sources.size()), targets.subList(j, targets.size()));
        return true;
    }

    /** Equal records, each as late as it can be. */
    private static Deque<At> fromTheEnd(List<Entry> sources, List<Entry> targets) {
        Map<Digest, TreeSet<Integer>> places = new HashMap<>();
        for (int j = 0; j < targets.size(); j++) {
            places.computeIfAbsent(Digest.of(targets.get(j)), like -> new TreeSet<>())
                    .add(j);
        }
        Deque<At> pairs = new ArrayDeque<>();
        int before = targets.size();
        for (int i = sources.size() - 1; i >= 0; i--) {
            TreeSet<Integer> there = places.get(Digest.of(sources.get(i)));
            Integer j = there == null ? null : there.lower(before);
            if (j != null) {
                pairs.addFirst(new At(i, j));
                before = j;
            }
        }
        return pairs;
    }

    private void hold(List<Entry> source, List<Entry> target) {
        sourcesBefore.addAll(source);
        targetsBefore.addAll(target);
    }

    /** Tells the gap that is held, and the first pairs after it. */
    private void tell(int pairs) {
        if (pairs == 0 && !held.isEmpty()) {
            return;
        }
        tellGap(false);
        List<Pair> first = held.subList(0, pairs);
        first.forEach(pair -> next.matched(pair.source, pair.target));
        first.clear();
    }

    private void tellGap(boolean last) {
        if (!sourcesBefore.isEmpty() || !targetsBefore.isEmpty()) {
            next.gap(List.copyOf(sourcesBefore), List.copyOf(targetsBefore), last);
            sourcesBefore.clear();
            targetsBefore.clear();
        }
    }
}
