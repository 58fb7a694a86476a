package io.towpath.mm2.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.connect.mirror.MirrorCheckpointConnector;
import org.apache.kafka.connect.mirror.MirrorMakerConfig;
import org.apache.kafka.connect.mirror.MirrorSourceConnector;
import org.apache.kafka.connect.mirror.SourceAndTarget;

/**
 * Reads the forms in which people keep MM2 configurations: connector JSON, connect-mirror-maker.properties, and Strimzi's
 * KafkaMirrorMaker2 in YAML.
 */
public final class FlowFile {

    /** Dedicated mode sets these for its own worker. */
    private static final List<String> CONVERTERS = List.of("key.converter", "value.converter", "header.converter");

    /** What a cluster's keys say to the worker of dedicated mode that writes to it; there is one for each direction. */
    private static final Pattern WORKER_KEY = Pattern.compile(
            "(source|target)\\.cluster\\.(exactly\\.once\\.source\\.support|config\\.providers.*|(config|offset|status)\\.storage\\..*)");

    private static final Pattern STRIMZI = Pattern.compile("(?m)^kind:\\s*\"?" + StrimziFile.KIND);

    private FlowFile() {}

    /**
     * The flows of one file.
     *
     * @param name what to call a flow that has no name
     * @throws IllegalArgumentException when it is none of the forms, with the place
     */
    public static List<Flow> parse(String name, String text) {
        if (STRIMZI.matcher(text).find()) {
            return strimzi(name, text);
        }
        return text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")
                ? json(name, text)
                : properties(name, text);
    }

    /** One file may hold several resources, of other kinds too. */
    private static List<Flow> strimzi(String name, String text) {
        List<Flow> flows = new ArrayList<>();
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        try (MappingIterator<JsonNode> resources =
                yaml.readerFor(JsonNode.class).readValues(text)) {
            while (resources.hasNextValue()) {
                JsonNode resource = resources.nextValue();
                if (resource.path("kind").asText().equals(StrimziFile.KIND)) {
                    flows.addAll(StrimziFile.flows(resource));
                }
            }
            return flows;
        } catch (IOException e) {
            throw new IllegalArgumentException(name + ": not YAML", e);
        }
    }

    private static List<Flow> json(String name, String text) {
        try {
            JsonNode tree = new ObjectMapper().readTree(text);
            List<Flow> flows = new ArrayList<>();
            for (JsonNode one : tree.isArray() ? tree : List.of(tree)) {
                JsonNode config = one.path("config").isObject() ? one.get("config") : one;
                Map<String, String> keys = new HashMap<>();
                config.properties()
                        .forEach(e -> keys.put(e.getKey(), e.getValue().asText()));
                flows.add(new Flow(one.path("name").asText(name), keys));
            }
            return flows;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    name + ": not JSON, line " + e.getLocation().getLineNr(), e);
        }
    }

    /** TARGET.producer.* is the worker's there, and tunes what writes the records. */
    private static Map<String, String> writer(Map<String, String> worker) {
        Map<String, String> writer = new HashMap<>();
        worker.forEach((key, value) -> {
            String name = key.startsWith("producer.") ? key.substring("producer.".length()) : "";
            if (!name.isEmpty() && !TuningRules.CLUSTER_KEY.matcher(name).matches()) {
                writer.put("producer.override." + name, value);
            }
        });
        return writer;
    }

    /** Dedicated mode: MM2's own reading of its file says which connectors it makes of it. */
    private static List<Flow> properties(String name, String text) {
        Map<String, String> keys = new HashMap<>();
        try {
            Properties read = new Properties();
            read.load(new StringReader(text));
            read.forEach((key, value) -> keys.put(key.toString(), value.toString()));
        } catch (IOException e) {
            throw new IllegalArgumentException(name + ": cannot be read", e);
        }
        if (!keys.containsKey("clusters")) {
            throw new IllegalArgumentException(
                    name + ": neither JSON, nor a KafkaMirrorMaker2, nor connect-mirror-maker.properties (no"
                            + " clusters=)");
        }
        MirrorMakerConfig config = new MirrorMakerConfig(keys);
        List<Flow> flows = new ArrayList<>();
        for (SourceAndTarget pair : config.clusterPairs()) {
            if (!Boolean.parseBoolean(keys.get(pair + ".enabled"))) {
                continue; // named for its heartbeats only
            }
            Map<String, String> source = config.connectorBaseConfig(pair, MirrorSourceConnector.class);
            Map<String, String> worker = config.workerConfig(pair);
            source.keySet().removeIf(key -> WORKER_KEY.matcher(key).matches());
            CONVERTERS.forEach(key -> source.putIfAbsent(key, worker.get(key)));
            source.putAll(writer(worker));
            if ("enabled".equals(worker.get("exactly.once.source.support"))) {
                source.putIfAbsent("exactly.once.support", "required"); // such a worker does it for every source
            }
            flows.add(new Flow(pair.toString(), source));
            flows.add(new Flow(pair + " (groups)", config.connectorBaseConfig(pair, MirrorCheckpointConnector.class)));
        }
        return flows;
    }
}
