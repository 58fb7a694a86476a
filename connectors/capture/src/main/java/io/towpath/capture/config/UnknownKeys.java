package io.towpath.capture.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keys that neither Connect nor capture reads: mostly a slip of the pen. Those of rules are checked with the rules. */
public final class UnknownKeys {

    private static final Set<String> CONNECT = Set.of(
            "name",
            "connector.class",
            "tasks.max",
            "tasks.max.enforce",
            "config.action.reload",
            "transforms",
            "predicates",
            "key.converter",
            "value.converter",
            "header.converter",
            "exactly.once.support",
            "transaction.boundary",
            "transaction.boundary.interval.ms",
            "offsets.storage.topic");
    private static final List<String> PREFIXES = List.of(
            "rules.",
            CaptureConfig.KAFKA,
            "connector.plugin.",
            "transforms.",
            "predicates.",
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "errors.",
            "topic.creation.",
            "producer.override.",
            "consumer.override.",
            "admin.override.");

    private UnknownKeys() {}

    /** A message for each such key. */
    public static Map<String, String> in(Map<String, String> props) {
        List<String> names = new ArrayList<>(CaptureConfig.names(props));
        names.addAll(DatabaseConfig.removed(props));
        Map<String, String> unknown = new TreeMap<>();
        Set<String> general = CaptureConfig.def().names();
        Set<String> known = CaptureConfig.def(props).names();
        for (String key : props.keySet()) {
            if (known.contains(key) || isConnects(key)) {
                continue;
            }
            if (key.startsWith("pseudonyms.")) {
                unknown.put(
                        key,
                        "no such key, wanted: one of pseudonyms.fields, pseudonyms.truncate.ip,"
                                + " pseudonyms.truncate.email, pseudonyms.keys, pseudonyms.keys.ID.secret, pseudonyms.keys.ID.from");
                continue;
            }
            if (!key.startsWith(DatabaseConfig.DATABASES + ".")) {
                unknown.put(key, "no such key, wanted: one of " + String.join(", ", new TreeSet<>(general)));
                continue;
            }
            String rest = key.substring(DatabaseConfig.DATABASES.length() + 1);
            String name = names.stream()
                    .filter(candidate -> rest.startsWith(candidate + "."))
                    .findFirst()
                    .orElse(null);
            if (name == null) {
                unknown.put(
                        key,
                        "'" + rest + "' belongs to no database of the list databases, wanted: one of "
                                + CaptureConfig.names(props));
            } else if (!DatabaseConfig.known(DatabaseConfig.product(props, name), rest.substring(name.length() + 1))) {
                unknown.put(
                        key,
                        "'" + rest.substring(name.length() + 1) + "' is no key of such a database, wanted: one of "
                                + DatabaseConfig.suffixes(DatabaseConfig.product(props, name))
                                + ", or debezium. followed by a key of Debezium's connector");
            }
        }
        return unknown;
    }

    private static boolean isConnects(String key) {
        return CONNECT.contains(key) || PREFIXES.stream().anyMatch(key::startsWith);
    }
}
