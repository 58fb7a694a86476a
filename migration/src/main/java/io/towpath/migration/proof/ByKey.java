package io.towpath.migration.proof;

import io.towpath.migration.proof.KeyHistory.OneKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Classes of differences in a compacted log.
 *
 * <p>Always: a record without counterpart is held to be compacted only if (A) the side that lacks it holds a later record
 * of its key, beyond the next pair, or the key is deleted and the tombstone gone too; and (B) that side has an offset
 * there that lost a record. Where (A) holds and the offset may as well have been a marker's, the record is not proven.
 *
 * <p>The latest record of a key therefore always has its equal, or is named: compaction keeps it. As records are only
 * removed when a later one of the key is there to stay, a side that still holds a record holds all later ones of its key.
 */
final class ByKey implements Comparison {

    private final Bounds bounds;
    private final Tally tally;
    private final KeyHistory history;
    private final Budget budget;
    private final List<Place> places = new ArrayList<>();
    private Ends ends;
    private long lastSource;
    private long lastTarget;
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
        if (open != null) {
            open.close(source.offset(), target.offset());
            open = null;
            looseInOpen = false;
        }
        lastSource = source.offset();
        lastTarget = target.offset();
        history.latest(source, true);
        history.latest(target, false);
    }

    @Override
    public void gap(List<Entry> source, List<Entry> target, boolean last) {
        if (open == null && budget.take(1)) {
            open = new Place(lastSource, lastTarget);
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
    }

    @Override
    public boolean isOpen() {
        return looseInOpen;
    }

    @Override
    public Span vacant(boolean ofSource) {
        return places.stream()
                .filter(place -> !ends.left() || !place.isOpen())
                .map(place -> place.vacant(
                        ofSource, ofSource ? ends.read().source() : ends.read().target()))
                .filter(Objects::nonNull)
                .reduce(Span::and)
                .orElse(null);
    }

    @Override
    public List<Suspect> judge(Vacancies source, Vacancies target) {
        places.forEach(place -> place.count(bounds, ends.starts(), source, target, ends.read()));
        List<Suspect> suspects = new ArrayList<>();
        history.drain(key -> {
            key.loose.removeIf(one -> ends.left() && places.get(one.place()).isOpen());
            key.loose.removeIf(one -> explained(key, one));
            pairAlike(key);
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
        if (place.isBefore(other, !one.ofSource()) || gone || nobodysKey) {
            kind = slots.superseded(null);
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

    /** Of both sides, at one place, with one key, and neither has a later one: the same record, altered. */
    private void pairAlike(OneKey key) {
        for (Iterator<Suspect> ones = key.loose.iterator(); ones.hasNext(); ) {
            Suspect target = ones.next();
            Optional<Suspect> source = key.loose.stream()
                    .filter(one -> one.ofSource() && !target.ofSource() && one.place() == target.place())
                    .findFirst();
            if (source.isPresent()) {
                tally.add(
                        Alike.kind(source.get().entry(), target.entry()),
                        source.get().entry(),
                        target.entry());
                key.loose.remove(target);
                key.loose.remove(source.get());
                ones = key.loose.iterator();
            }
        }
    }

    private void doubt(Suspect one, List<Suspect> suspects) {
        if (budget.take(1)) {
            suspects.add(one);
        } else {
            add(Kind.NOT_PROVEN, one);
        }
    }

    @Override
    public void settle(Suspect suspect, Suspect.Answer answer) {
        if (answer.later()) {
            Place place = places.get(suspect.place());
            Kind kind = place.isOpen()
                    ? Kind.NOT_PROVEN
                    : place.lacking(suspect.ofSource()).superseded(null);
            if (kind != null) {
                add(kind, suspect);
                return;
            }
        }
        if (suspect.ofSource()) {
            tally.add(Kind.LOST, suspect.entry(), null);
        } else {
            tally.add(answer.original() == null ? Kind.FOREIGN : Kind.DUPLICATED, answer.original(), suspect.entry());
        }
    }

    private void add(Kind kind, Suspect one) {
        if (kind == Kind.EXPIRED && !one.ofSource()) {
            missed--; // it is one of those that the source deleted
        }
        if (kind == Kind.COMPACTED) {
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
