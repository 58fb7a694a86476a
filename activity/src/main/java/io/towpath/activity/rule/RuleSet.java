package io.towpath.activity.rule;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of a configuration, and every mistake in them by the full key to change. Never both: a set with mistakes has
 * no rules that could run by accident.
 *
 * @param rules in the order of the {@code rules} list
 * @param errors full config key to message; empty when all is well
 */
public record RuleSet(List<Rule> rules, Map<String, String> errors) {

    public RuleSet {
        rules = List.copyOf(rules);
        errors = Map.copyOf(errors);
    }

    /**
     * Reads {@code <prefix>rules} and {@code <prefix>rules.<name>.*}. Does not throw.
     *
     * @param prefix what stands before {@code rules} in {@code config} and in the keys of the errors; mostly empty
     */
    public static RuleSet parse(Map<String, String> config, String prefix) {
        RulesReader reader = new RulesReader(config, prefix);
        List<Rule> rules = reader.rules();
        Map<String, String> errors = reader.errors();
        return new RuleSet(errors.isEmpty() ? rules : List.of(), errors);
    }

    /** The names in {@code <prefix>rules}, right or wrong. */
    public static List<String> names(Map<String, String> config, String prefix) {
        return RulesReader.list(config.get(prefix + RuleKeys.RULES));
    }

    /** All mistakes as one sentence per line, in the order of their keys; for places that can only throw. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(errors)
                .forEach((key, message) -> text.append(text.length() == 0 ? "" : "\n")
                        .append(key)
                        .append(": ")
                        .append(message));
        return text.toString();
    }
}
