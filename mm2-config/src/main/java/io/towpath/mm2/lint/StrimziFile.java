package io.towpath.mm2.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Strimzi's {@code KafkaMirrorMaker2}, in its two forms: {@code spec.clusters} with aliases (v1beta2), and a source and a
 * target written out (v1). The operator sets addresses, patterns and byte converters.
 */
final class StrimziFile {

    static final String KIND = "KafkaMirrorMaker2";

    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final Map<String, String> PATTERNS = Map.of(
            "topicsPattern", "topics",
            "topicsExcludePattern", "topics.exclude",
            "topicsBlacklistPattern", "topics.exclude",
            "groupsPattern", "groups",
            "groupsExcludePattern", "groups.exclude",
            "groupsBlacklistPattern", "groups.exclude");

    private StrimziFile() {}

    static List<Flow> flows(JsonNode resource) {
        String name = resource.at("/metadata/name").asText("mirror");
        JsonNode spec = resource.path("spec");
        List<Flow> flows = new ArrayList<>();
        for (JsonNode mirror : spec.path("mirrors")) {
            JsonNode source = end(spec, mirror.path("source"), mirror.path("sourceCluster"));
            JsonNode target = end(spec, spec.path("target"), mirror.path("targetCluster"));
            Map<String, String> both = common(mirror, source, target);
            String pair = name + " " + both.get("source.cluster.alias") + "->" + both.get("target.cluster.alias");
            for (String role : List.of("source", "checkpoint")) {
                JsonNode connector = mirror.path(role + "Connector");
                if (connector.isObject()) {
                    flows.add(new Flow(pair + " (" + role + ")", connector(role, connector, both)));
                }
            }
        }
        return flows;
    }

    /** An end is written out, or named by its alias. */
    private static JsonNode end(JsonNode spec, JsonNode written, JsonNode alias) {
        for (JsonNode cluster : spec.path("clusters")) {
            if (cluster.path("alias").equals(alias)) {
                return cluster;
            }
        }
        return written;
    }

    private static Map<String, String> common(JsonNode mirror, JsonNode source, JsonNode target) {
        Map<String, String> keys = new TreeMap<>();
        keys.put("source.cluster.alias", source.path("alias").asText("source"));
        keys.put("target.cluster.alias", target.path("alias").asText("target"));
        keys.put(
                "source.cluster.bootstrap.servers",
                source.path("bootstrapServers").asText());
        keys.put(
                "target.cluster.bootstrap.servers",
                target.path("bootstrapServers").asText());
        List.of("key.converter", "value.converter", "header.converter").forEach(key -> keys.put(key, BYTES));
        PATTERNS.forEach((field, key) -> {
            if (mirror.has(field)) {
                keys.put(key, mirror.path(field).asText());
            }
        });
        return keys;
    }

    private static Map<String, String> connector(String role, JsonNode connector, Map<String, String> both) {
        Map<String, String> keys = new TreeMap<>(both);
        keys.put(
                "connector.class",
                "org.apache.kafka.connect.mirror.Mirror" + (role.equals("source") ? "Source" : "Checkpoint")
                        + "Connector");
        if (connector.has("tasksMax")) {
            keys.put("tasks.max", connector.path("tasksMax").asText());
        }
        connector
                .path("config")
                .properties()
                .forEach(e -> keys.put(e.getKey(), e.getValue().asText()));
        return keys;
    }
}
