package io.towpath.migration.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What applying {@code wanted} would change, key by key. Values of keys that may hold secrets are not shown. */
public final class ConfigDifference {

    private static final String SECRET = "(?i).*(password|secret|jaas|token|credential|private|\\.key$).*";

    private ConfigDifference() {}

    /** Lines {@code + key=value}, {@code - key=value}, {@code ~ key: old -> new}, sorted by key. */
    public static List<String> between(Map<String, String> present, Map<String, String> wanted) {
        TreeSet<String> keys = new TreeSet<>(present.keySet());
        keys.addAll(wanted.keySet());
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            String old = present.get(key);
            String now = wanted.get(key);
            if (old == null) {
                lines.add("+ " + key + "=" + shown(key, now));
            } else if (now == null) {
                lines.add("- " + key + "=" + shown(key, old));
            } else if (!old.equals(now)) {
                lines.add("~ " + key + ": " + shown(key, old) + " -> " + shown(key, now));
            }
        }
        return lines;
    }

    private static String shown(String key, String value) {
        return key.matches(SECRET) && !key.endsWith(".converter") ? "(hidden)" : value;
    }
}
