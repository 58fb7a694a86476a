package io.towpath.migration.proof;

import io.towpath.migration.proof.KeyHistory.OneKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * Classes of differences in a compacted log.
 *
 * <p>Always: a record without counterpart is held to be compacted only if (A) the side that lacks it holds a later record
 * of its key, beyond the next pair, or the key is deleted and the tombstone gone too; and (B) that side has an offset
 * there that lost a record. Where (A) holds and the offset may as well have been a marker's or an aborted record's, it is
 * superseded if the latest record of its key is equal on both sides, and not proven otherwise.
 *
 * <p>The latest record of a key therefore always has its equal, or is named: compaction keeps it. As records are only
 * removed when a later one of the key is there to stay, a side that still holds a record holds all later ones of its key.
 */
final class ByKey implements Comparison {

    private static final Deque<Suspect> NONE = new ArrayDeque<>(0);

    private final Bounds bounds;
    private final Tally tally;
    private final KeyHistory history;
    private final Budget budget;
    private final List<Place> places = new ArrayList<>();
    private Ends ends;
    private long lastSource;
    private long lastTarget;
    private int sinceAnchor;
    private Place open;
    private boolean looseInOpen;
    private long missed;

    /** {@code sourceBefore}, {@code targetBefore}: the last pair that an earlier proof has matched, -1 for none. */
    ByKey(TopicPartition partition, Bounds bounds, PartitionProof.Parts parts, long sourceBefore, long targetBefore) {
        this.bounds = bounds;
        this.missed = bounds.sourceMissed();
        this.tally = new Tally(partition);
        this.history = new KeyHistory(parts.spill());
        this.budget = parts.budget();
        this.lastSource = sourceBefore;
        this.lastTarget = targetBefore;
    }

    @Override
    public void matched(Entry source, Entry target) {
        history.paired(source, true);
        history.paired(target, false);
        if (source.tombstone()) {
            sinceAnchor++;
            if (open != null) {
                open.pair(source.offset(), target.offset());
            }
            return;
        }
        if (open != null) {
            open.close(source.offset(), target.offset());
            open = null;
            looseInOpen = false;
        }
        lastSource = source.offset();
        lastTarget = target.offset();
        sinceAnchor = 0;
    }

    @Override
    public void gap(List<Entry> source, List<Entry> target, boolean last) {
        if (open == null && budget.take(1)) {
            open = new Place(lastSource, lastTarget);
            open.add(sinceAnchor, sinceAnchor);
            places.add(open);
        }
        if (open != null) {
            open.add(source.size(), target.size());
        }
        source.forEach(e -> loose(e, true));
        for (Entry e : target) {
            if (last && e.offset() >= bounds.targetFence()) {
                history.latest(e, false);
            } else {
                loose(e, false);
            }
        }
    }

    private void loose(Entry entry, boolean ofSource) {
        looseInOpen = true;
        if (open != null) {
            history.loose(entry, ofSource, places.size() - 1);
        } else {
            history.latest(entry, ofSource);
            add(Kind.NOT_PROVEN, new Suspect(entry, ofSource, -1)); // too many places to remember them all
        }
    }

    @Override
    public void close(Ends how) {
        this.ends = how;
        if (how.left() && open != null) {
            open.closeAtLastPair(); // the next proof begins behind it
        }
    }

    @Override
    public boolean isOpen() {
        return looseInOpen;
    }

    @Override
    public List<Span> vacant(boolean ofSource) {
        long start = ofSource ? ends.starts().source() : ends.starts().target();
        long end = ofSource ? ends.read().source() : ends.read().target();
        return places.stream()
                .filter(place -> !ends.left() || !place.isOpen())
                .map(place -> place.vacant(ofSource, start, end))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public List<Suspect> judge(Vacancies source, Vacancies target) {
        places.forEach(place -> place.count(bounds, ends.starts(), source, target, ends.read()));
        List<Suspect> suspects = new ArrayList<>();
        history.drain(key -> {
            key.loose.removeIf(one -> ends.left() && places.get(one.place()).leaves(one));
            key.loose.removeIf(one -> explained(key, one));
            key.loose.forEach(one -> doubt(one, suspects));
        });
        tally.count(Kind.NOT_PROVEN, missed);
        return suspects;
    }

    private boolean explained(OneKey key, Suspect one) {
        Place place = places.get(one.place());
        Slots slots = place.lacking(one.ofSource());
        long other = key.latest(!one.ofSource());
        boolean nobodysKey = one.entry().key() == Entry.NO_KEY;
        boolean gone = key.deleted(one.ofSource()) && other < 0;
        Kind kind = null;
        if (place.isBefore(other, !one.ofSource()) || key.pairedAfter(one) || gone || nobodysKey) {
            kind = slots.superseded(null);
            boolean equal = gone || (key.latestArePaired() && !nobodysKey);
            kind = kind == Kind.SUPERSEDED && !equal ? Kind.NOT_PROVEN : kind;
        } else if (place.isOpen() && one.ofSource() && other >= bounds.targetFence()) {
            kind = Kind.NOT_PROVEN; // a later one, or this one altered: what follows will tell
        } else if (key.deleted(one.ofSource()) && slots.superseded(null) != null) {
            kind = Kind.NOT_PROVEN; // the value was read before, both may have gone since
        } else {
            kind = slots.deleted(null);
        }
        if (kind != null) {
            add(kind, one);
        }
        return kind != null;
    }

    private void doubt(Suspect one, List<Suspect> suspects) {
        if (budget.take(1)) {
            suspects.add(one);
        } else {
            add(Kind.NOT_PROVEN, one);
        }
    }

    @Override
    public void settle(Map<Suspect, Suspect.Answer> answers) {
        Map<KeyAtPlace, Deque<Suspect>> sources = new HashMap<>();
        List<Suspect> targets = new ArrayList<>();
        answers.forEach((one, answer) -> {
            Kind kind = explained(one, answer);
            if (kind != null) {
                add(kind, one);
            } else if (one.ofSource()) {
                sources.computeIfAbsent(KeyAtPlace.of(one), k -> new ArrayDeque<>())
                        .add(one);
            } else {
                targets.add(one);
            }
        });
        for (Suspect one : targets) {
            Deque<Suspect> there = sources.getOrDefault(KeyAtPlace.of(one), NONE);
            Entry original = answers.get(one).original();
            if (!there.isEmpty()) {
                Entry source = there.poll().entry();
                tally.add(Alike.kind(source, one.entry()), source, one.entry());
            } else {
                tally.add(original == null ? Kind.FOREIGN : Kind.DUPLICATED, original, one.entry());
            }
        }
        sources.values().forEach(lost -> lost.forEach(one -> tally.add(Kind.LOST, one.entry(), null)));
    }

    /** Of both sides, at one place, with one key, and neither has a later one: the same record, altered. */
    private record KeyAtPlace(long key, int place) {
        static KeyAtPlace of(Suspect one) {
            return new KeyAtPlace(one.entry().key(), one.place());
        }
    }

    private Kind explained(Suspect one, Suspect.Answer answer) {
        Place place = places.get(one.place());
        if (answer.later()) {
            Kind kind = place.isOpen()
                    ? Kind.NOT_PROVEN
                    : place.lacking(one.ofSource()).superseded(null);
            if (kind != null) {
                return kind == Kind.SUPERSEDED ? Kind.NOT_PROVEN : kind; // the latest was not compared
            }
        }
        boolean gone = one.ofSource() && answer.original() == null;
        return gone ? Kind.NOT_PROVEN : null; // the flow may have found it gone too
    }

    private void add(Kind kind, Suspect one) {
        if (kind == Kind.EXPIRED && !one.ofSource()) {
            missed--; // it is one of those that the source deleted
        }
        if (kind.isApart()) {
            tally.count(kind, 1);
        } else {
            tally.add(kind, one.ofSource() ? one.entry() : null, one.ofSource() ? null : one.entry());
        }
    }

    @Override
    public Tally tally() {
        return tally;
    }
}
