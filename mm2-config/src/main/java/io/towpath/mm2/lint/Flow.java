package io.towpath.mm2.lint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** One connector's configuration under the linter's eye. */
public record Flow(String name, Map<String, String> config) {

    public Flow {
        config = new TreeMap<>(config);
    }

    boolean isSource() {
        return isA("MirrorSource");
    }

    boolean isCheckpoint() {
        return isA("MirrorCheckpoint");
    }

    /** Whether it is one of MM2's connectors at all. */
    public boolean isMirror() {
        return isSource() || isCheckpoint() || isA("MirrorHeartbeat");
    }

    /** Connect takes the full name of a class, the name alone, and the name without Connector. */
    private boolean isA(String alias) {
        String name = get("connector.class", "").trim();
        String simple = name.substring(name.lastIndexOf('.') + 1);
        return simple.equals(alias) || simple.equals(alias + "Connector");
    }

    boolean has(String key) {
        return config.containsKey(key);
    }

    String get(String key, String otherwise) {
        return config.getOrDefault(key, otherwise);
    }

    boolean is(String key, String value) {
        return value.equals(config.get(key));
    }

    /** Keys that begin with {@code prefix}, without it. */
    Set<String> below(String prefix) {
        return config.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A comma-separated list; empty items left out. */
    List<String> list(String key, String otherwise) {
        return new ArrayList<>(Arrays.stream(get(key, otherwise).split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList());
    }

    /** A list of regular expressions as one; a list that is none matches nothing. */
    boolean matches(String key, String otherwise, String name) {
        return list(key, otherwise).stream().anyMatch(pattern -> {
            try {
                return name.matches(pattern);
            } catch (PatternSyntaxException e) {
                return false; // MM2 itself refuses it at start
            }
        });
    }

    boolean identity() {
        return get("replication.policy.class", "").endsWith("IdentityReplicationPolicy");
    }

    boolean mirrors(String topic) {
        return matches("topics", ".*", topic)
                && !matches("topics.exclude", "mm2.*\\.internal, .*\\.replica, __.*", topic);
    }
}
