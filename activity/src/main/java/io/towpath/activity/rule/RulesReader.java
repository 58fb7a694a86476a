package io.towpath.activity.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** From flat config to rules; collects mistakes instead of stopping at the first. */
final class RulesReader {

    private final Map<String, String> config;
    private final String prefix;
    private final Map<String, String> errors = new TreeMap<>();

    RulesReader(Map<String, String> config, String prefix) {
        this.config = config;
        this.prefix = prefix;
    }

    List<Rule> rules() {
        String listKey = prefix + RuleKeys.RULES;
        List<String> names = list(config.get(listKey));
        if (names.isEmpty()) {
            error(listKey, "given no rule, wanted a list of names");
        }
        List<Rule> rules = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.matches("[A-Za-z0-9_-]+")) {
                error(listKey, "given rule name '" + name + "', wanted letters, digits, _ and -");
            } else if (!seen.add(name)) {
                error(listKey, "given rule name '" + name + "' twice, wanted it once");
            } else if (keysOf(name).findAny().isEmpty()) {
                error(listKey, "given rule name '" + name + "', wanted keys " + keyOf(name, "*") + " for it");
            } else {
                new RuleReader(this, name).rule().ifPresent(rules::add);
            }
        }
        config.keySet().stream()
                .filter(key -> key.startsWith(listKey + "."))
                .filter(key -> !seen.contains(nameOf(key)))
                .forEach(key -> error(
                        key, "given a key of rule '" + nameOf(key) + "', wanted a rule that " + listKey + " names"));
        return rules;
    }

    Map<String, String> errors() {
        return errors;
    }

    /** The value of {@code rules.<name>.<suffix>}, or what the rule's preset says; null when absent or blank. */
    String get(String name, String suffix) {
        String value = own(name, suffix);
        Preset preset = value == null ? Preset.of(own(name, RuleKeys.PRESET)) : null;
        return preset == null ? value : preset.get(suffix);
    }

    private String own(String name, String suffix) {
        String value = config.get(keyOf(name, suffix));
        return value == null || value.isBlank() ? null : value.strip();
    }

    Stream<String> keysOf(String name) {
        return config.keySet().stream().filter(key -> key.startsWith(keyOf(name, "")));
    }

    String keyOf(String name, String suffix) {
        return prefix + RuleKeys.RULES + "." + name + "." + suffix;
    }

    void error(String key, String message) {
        errors.merge(key, message, (first, second) -> first + "; " + second);
    }

    private String nameOf(String key) {
        String rest = key.substring((prefix + RuleKeys.RULES + ".").length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    /** A comma-separated list, as Connect writes it: blanks around an element do not count, nor do empty ones. */
    static List<String> list(String value) {
        return value == null
                ? List.of()
                : Stream.of(value.split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList();
    }
}
