package io.towpath.migration.proof;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A second look at one log, for records that the comparison could not account for: below what was compared for equal
 * records, beyond it for later ones of their keys, up to the end that the log has when it gets there.
 *
 * <p>Always: a key whose latest record stood beyond the comparison when that ended is found. Its cleaner takes a record
 * only when a later one of the key is there, so the latest is always ahead of a reader that has not met it; one that ends
 * at an end of before can miss it.
 */
public final class Search {

    private final long from;
    private final long rest;
    private final Set<Long> digests = new HashSet<>();
    private final Set<Long> offsets = new HashSet<>();
    private final Set<Long> keys = new HashSet<>();
    private final Map<Long, Entry> equal = new HashMap<>();
    private final Set<Long> there = new HashSet<>();
    private final Set<Long> later = new HashSet<>();
    private long position;
    private boolean ended;

    /** {@code from}: where it begins; {@code rest}: where what was not compared begins. */
    public Search(long from, long rest) {
        this.from = from;
        this.rest = rest;
        this.position = from;
    }

    public long from() {
        return from;
    }

    /** In the source, below the rest: for the suspect itself if it is the source's, else for one that is equal. */
    void lookForOriginal(Suspect suspect) {
        if (suspect.ofSource()) {
            offsets.add(suspect.entry().offset());
        } else {
            digests.add(suspect.entry().lo());
        }
    }

    /** For a record of its key, in the rest. */
    void lookForLater(Suspect suspect) {
        keys.add(suspect.entry().key());
    }

    /** Records that were read, in order, and the reader's position after them. */
    public void take(Iterable<Entry> entries, long readTo) {
        for (Entry entry : entries) {
            if (entry.offset() >= rest) {
                if (keys.contains(entry.key())) {
                    later.add(entry.key());
                }
            } else if (digests.contains(entry.lo())) {
                equal.putIfAbsent(entry.lo(), entry);
            }
            if (offsets.contains(entry.offset())) {
                there.add(entry.offset());
            }
        }
        position = readTo;
    }

    /** The reader has come to the last stable offset of now. */
    public void end() {
        ended = true;
    }

    /** Whether nothing more can be learnt. */
    public boolean finished() {
        boolean all = equal.size() == digests.size() && there.size() == offsets.size();
        boolean below = all || position >= rest;
        return ended || (below && later.size() == keys.size());
    }

    /** The original that was found; null for none. */
    Entry original(Suspect suspect) {
        if (suspect.ofSource()) {
            return there.contains(suspect.entry().offset()) ? suspect.entry() : null;
        }
        return equal.get(suspect.entry().lo());
    }

    /** Whether a later record of its key was found. */
    boolean later(Suspect suspect) {
        return later.contains(suspect.entry().key());
    }
}
