package io.towpath.migration.proof;

/**
 * A record without counterpart that a second look must settle.
 *
 * @param entry the record
 * @param ofSource whether the source holds it
 * @param place which place of a compacted log; -1 in any other
 */
public record Suspect(Entry entry, boolean ofSource, int place) {

    static Suspect ofTarget(Entry entry) {
        return new Suspect(entry, false, -1);
    }

    /** Whether a record may be gone for the sake of a later one of its key. */
    public boolean mayBeCompacted() {
        return place >= 0;
    }

    /**
     * What was found.
     *
     * @param original an equal record that the source holds by now, below its fence; null for none
     * @param later whether the side that lacks the suspect holds a record of its key beyond what was compared
     */
    public record Answer(Entry original, boolean later) {}
}
