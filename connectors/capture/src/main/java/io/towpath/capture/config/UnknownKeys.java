package io.towpath.capture.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys below {@code databases.} that nothing reads: mostly a slip of the pen. */
public final class UnknownKeys {

    private UnknownKeys() {}

    /** A message for each such key. */
    public static Map<String, String> in(Map<String, String> props) {
        List<String> names = CaptureConfig.names(props);
        Map<String, String> unknown = new TreeMap<>();
        for (String key : props.keySet()) {
            if (!key.startsWith(DatabaseConfig.DATABASES + ".")) {
                continue;
            }
            String rest = key.substring(DatabaseConfig.DATABASES.length() + 1);
            String name = names.stream()
                    .filter(candidate -> rest.startsWith(candidate + "."))
                    .findFirst()
                    .orElse(null);
            if (name == null) {
                unknown.put(
                        key, "'" + rest + "' belongs to no database of the list databases, wanted: one of " + names);
            } else if (!DatabaseConfig.known(rest.substring(name.length() + 1))) {
                unknown.put(
                        key,
                        "'" + rest.substring(name.length() + 1) + "' is no key of a database, wanted: one of "
                                + DatabaseConfig.suffixes()
                                + ", or debezium. followed by a key of Debezium's connector");
            }
        }
        return unknown;
    }
}
