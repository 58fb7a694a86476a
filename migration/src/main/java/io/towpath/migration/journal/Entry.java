package io.towpath.migration.journal;

import java.util.HashMap;
import java.util.Map;

/**
 * One step of a passage, as far as it has come.
 *
 * @param at ISO-8601, when it came so far
 * @param facts what its undo, a later step or a report needs to know; JSON values
 */
public record Entry(String step, Phase phase, String at, Map<String, Object> facts) {

    /** BEGUN is written before the act: what is only begun may have happened, or not. */
    public enum Phase {
        BEGUN,
        DONE,
        UNDONE
    }

    public Entry {
        facts = Map.copyOf(facts);
    }

    /** The same step in another phase; facts are added to those that were known. */
    Entry in(Phase next, String when, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(facts);
        all.putAll(more);
        return new Entry(step, next, when, all);
    }
}
