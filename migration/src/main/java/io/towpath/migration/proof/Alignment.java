package io.towpath.migration.proof;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Two copies of one partition, laid side by side as they are read.
 *
 * <p>Always: (A) matched pairs rise on both sides; (B) every record given is matched, part of exactly one gap, or still
 * waiting; (C) no more than {@link #DEEPEST} records wait on a side that {@link #wantsSource} or {@link #wantsTarget}
 * stopped, and no more than were allowed to be read ahead while the other side has none waiting.
 *
 * <pre>
 * source  a b c d e f g
 *         | |   | | | |         c is in the gap of the source, x in that of the target
 * target  a b x d e f g
 * </pre>
 */
final class Alignment {

    /** Told of each pair and of each difference, in order. */
    interface Listener {
        void matched(Entry source, Entry target);

        /** Records without a counterpart at this place; {@code last}: nothing follows. */
        void gap(List<Entry> source, List<Entry> target, boolean last);
    }

    static final int DEEPEST = 16_384;
    private static final int SHALLOWEST = 64;
    private static final Resync SINGLE = new Resync(1);

    private final Window source = new Window();
    private final Window target = new Window();
    private final Resync resync;
    private final Listener listener;
    private final LongSupplier sourceAhead;
    private final long targetFence;
    private final int readAhead;
    private int searchedAt;

    /**
     * A new alignment.
     *
     * @param confirm records in a row that must be equal before a difference is held to be over
     * @param readAhead records that one side may be read further than the other while they are equal
     * @param targetFence a record of the target at or beyond it is only judged when a match follows it
     * @param sourceAhead how many more offsets the source has to go than the target (negative: fewer): tells, when
     *     nothing fits, on which side something is missing
     */
    Alignment(int confirm, int readAhead, Listener listener, long targetFence, LongSupplier sourceAhead) {
        this.readAhead = Math.min(readAhead, DEEPEST);
        this.targetFence = targetFence;
        this.resync = new Resync(confirm);
        this.listener = listener;
        this.sourceAhead = sourceAhead;
    }

    void source(Entry entry) {
        source.add(entry);
    }

    void target(Entry entry) {
        target.add(entry);
    }

    boolean wantsSource() {
        return source.size() < (target.isEmpty() ? readAhead : DEEPEST);
    }

    boolean wantsTarget() {
        return target.size() < (source.isEmpty() ? readAhead : DEEPEST);
    }

    /** Source records that have not found their place yet. */
    int sourceWaiting() {
        return source.size();
    }

    int targetWaiting() {
        return target.size();
    }

    /** Matches all that can be matched, and settles differences as soon as both sides tell how they go on. */
    void advance() {
        boolean settled;
        do {
            matchHeads();
            settled = !source.isEmpty() && !target.isEmpty() && settle();
        } while (settled);
        if (target.ended() && target.isEmpty() && !source.isEmpty()) {
            listener.gap(source.take(source.size()), List.of(), false);
        }
        if (source.ended() && source.isEmpty() && !target.isEmpty()) {
            listener.gap(List.of(), target.take(target.size()), true);
        }
    }

    /** No more of the source will be given. */
    void endSource() {
        source.end();
        advance();
    }

    /** No more of the target will be given: what the source still brings has no counterpart unless it waits here. */
    void endTarget() {
        target.end();
        advance();
    }

    /** Both have ended: what is left becomes the last gap. */
    void end() {
        source.end();
        endTarget();
        if (!source.isEmpty() || !target.isEmpty()) {
            listener.gap(source.take(source.size()), target.take(target.size()), true);
        }
    }

    private void matchHeads() {
        while (!source.isEmpty() && !target.isEmpty() && source.get(0).same(target.get(0))) {
            listener.matched(source.poll(), target.poll());
            searchedAt = 0;
        }
    }

    /** Returns whether a gap was told, so that matching can go on. */
    private boolean settle() {
        int seen = source.size() + target.size();
        boolean decide = source.holds(DEEPEST) && target.holds(DEEPEST);
        if (!decide && seen < searchedAt + Math.max(resync.confirm(), searchedAt / 2)) {
            return false; // too little news since the last search
        }
        searchedAt = seen;
        for (int depth = SHALLOWEST; ; depth *= 4) {
            Optional<Resync.Skip> skip = resync.find(source, target, depth);
            if (skip.isPresent() && certain(skip.get())) {
                Resync.Skip first = withinGap(skip.get());
                tell(first.source(), first.target());
                return true;
            }
            if (depth >= Math.max(source.size(), target.size())) {
                return decide && dropSome();
            }
        }
    }

    /** In a small gap single records may still be in place: a swap of two is one record out of place, not two. */
    private Resync.Skip withinGap(Resync.Skip gap) {
        if (gap.cost() > SHALLOWEST) {
            return gap;
        }
        return SINGLE.find(source, target, Math.min(gap.source(), gap.target())).orElse(gap);
    }

    /** A cheaper way on could still arrive while a side is shorter than the cost of this one. */
    private boolean certain(Resync.Skip skip) {
        int needed = Math.min(skip.cost() + resync.confirm(), DEEPEST);
        return source.holds(needed) && target.holds(needed);
    }

    /** Nothing fits in a full window: the side with more to go has the records that the other one lacks. */
    private boolean dropSome() {
        if (source.ended() && target.ended()) {
            return false;
        }
        long ahead = sourceAhead.getAsLong();
        int targets = source.ended() || (ahead <= 0 && !target.ended()) ? judgeable() : 0;
        int sources = target.ended() || (ahead >= 0 && !source.ended()) ? source.size() / 2 : 0;
        if (sources + targets == 0) {
            sources = source.ended() ? source.size() : 0; // so much came after them: they will not come
        }
        if (sources + targets == 0) {
            return false;
        }
        tell(sources, targets);
        return true;
    }

    /** Records of the target below its fence, at most half of those that wait. */
    private int judgeable() {
        int count = 0;
        while (count < target.size() / 2 && target.get(count).offset() < targetFence) {
            count++;
        }
        return count;
    }

    private void tell(int sources, int targets) {
        listener.gap(source.take(sources), target.take(targets), false);
        searchedAt = 0;
    }
}
