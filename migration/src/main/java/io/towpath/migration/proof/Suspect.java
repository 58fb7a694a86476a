package io.towpath.migration.proof;

/**
 * A record without counterpart that a second look must settle.
 *
 * @param entry the record
 * @param ofSource whether the source holds it: looked for is a later record of its key on the target. One of the target
 *     is looked for in the source: itself, and a later record of its key.
 * @param place which place of a compacted log; -1 in any other
 */
public record Suspect(Entry entry, boolean ofSource, int place) {

    static Suspect ofTarget(Entry entry) {
        return new Suspect(entry, false, -1);
    }

    /**
     * What was found on the other side.
     *
     * @param original an equal record of the source below its fence; null for none
     * @param later whether a record of the same key stands beyond what was compared
     */
    public record Answer(Entry original, boolean later) {}
}
