package io.towpath.activity.rule;

import java.util.List;
import java.util.Map;

/**
 * What a rule says where it says nothing itself: for rows and messages that were written to be events.
 *
 * @param word by which a rule names it
 * @param needs the key that a rule with this preset must have
 * @param defaults value by key
 */
record Preset(String word, String needs, Map<String, String> defaults) {

    /** A row of an outbox table, with the columns of Debezium's outbox event router. */
    private static final Preset OUTBOX = new Preset(
            "outbox",
            RuleKeys.TABLE,
            Map.of(
                    RuleKeys.TYPE, "${type}",
                    RuleKeys.OBJECT_TYPE, "${aggregatetype}",
                    RuleKeys.OBJECT_ID, "${aggregateid}",
                    RuleKeys.DATA, "payload.*"));

    /** A logical message whose content has the fields of an activity. */
    private static final Preset MESSAGE = new Preset(
            "message",
            RuleKeys.PREFIX,
            Map.of(
                    RuleKeys.TYPE, "${type}",
                    RuleKeys.ACTOR_ID, "${actor.id}",
                    RuleKeys.ACTOR_KIND, "${actor.kind}",
                    RuleKeys.OBJECT_TYPE, "${object.type}",
                    RuleKeys.OBJECT_ID, "${object.id}",
                    RuleKeys.DATA, "data.*",
                    RuleKeys.CONTEXT, "context.*"));

    private static final List<Preset> ALL = List.of(OUTBOX, MESSAGE);

    /** The value of the key {@code suffix}; null for none. */
    String get(String suffix) {
        return defaults.get(suffix);
    }

    static List<String> words() {
        return ALL.stream().map(Preset::word).toList();
    }

    /** The preset called {@code word}; null for none. */
    static Preset of(String word) {
        return ALL.stream()
                .filter(preset -> preset.word.equals(word))
                .findFirst()
                .orElse(null);
    }
}
