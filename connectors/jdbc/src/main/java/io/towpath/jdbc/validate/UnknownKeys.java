package io.towpath.jdbc.validate;

import io.towpath.jdbc.config.SinkConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys that neither Connect nor this sink knows: mostly misspelt ones, whose default would count in silence. */
final class UnknownKeys {
    private static final Set<String> CONNECT = Set.of(
            "name",
            "connector.class",
            "tasks.max",
            "tasks.max.enforce",
            "topics",
            "topics.regex",
            "config.action.reload",
            "transforms",
            "predicates",
            "key.converter",
            "value.converter",
            "header.converter");
    private static final List<String> CONNECT_PREFIXES = List.of(
            "transforms.",
            "predicates.",
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "errors.",
            "connector.plugin.",
            "consumer.override.",
            "producer.override.",
            "admin.override.");

    private UnknownKeys() {}

    static List<Finding> in(Map<String, String> given) {
        Set<String> ours = SinkConfig.definition().names();
        return given.keySet().stream()
                .filter(key -> !ours.contains(key) && !CONNECT.contains(key))
                .filter(key -> CONNECT_PREFIXES.stream().noneMatch(key::startsWith))
                .sorted()
                .map(key -> new Finding(key, "unknown key " + key + ": wanted one of " + String.join(", ", ours)))
                .toList();
    }
}
