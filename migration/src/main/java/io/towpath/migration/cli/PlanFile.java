package io.towpath.migration.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.config.TopicSelection;
import io.towpath.migration.plan.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Remembers beside {@code migration.yaml}, as {@code migration.plan.json}, which topics an applied plan named. While the
 * file is there and migration.yaml says the same topics, every command works on exactly those.
 */
record PlanFile(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static PlanFile beside(Path migration) {
        String name = migration.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        return new PlanFile(migration.resolveSibling(name + ".plan.json"));
    }

    /** The resolved topics, if they are of the same wish. */
    Optional<Resolved> read(TopicSelection wish) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            List<String> entries = new ArrayList<>();
            root.path("entries").forEach(entry -> entries.add(entry.asText()));
            Map<String, Integer> partitions = new HashMap<>();
            root.path("partitions")
                    .properties()
                    .forEach(topic ->
                            partitions.put(topic.getKey(), topic.getValue().asInt()));
            Map<String, String> ids = new HashMap<>();
            root.path("ids")
                    .properties()
                    .forEach(topic -> ids.put(topic.getKey(), topic.getValue().asText()));
            return Optional.of(new Resolved(entries, partitions, ids))
                    .filter(r -> r.entries().equals(wish.entries()));
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read; wanted: what plan --apply wrote there, or no such file", e);
        }
    }

    /** The migration, its topics named one by one if a plan was applied. */
    Migration over(Migration wish) {
        return read(wish.topics())
                .map(resolved -> wish.over(new TopicSelection(
                        resolved.partitions().keySet().stream().sorted().toList())))
                .orElse(wish);
    }

    void write(Resolved resolved) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode entries = root.putArray("entries");
        resolved.entries().forEach(entries::add);
        root.set("partitions", JSON.valueToTree(new TreeMap<>(resolved.partitions())));
        root.set("ids", JSON.valueToTree(new TreeMap<>(resolved.ids())));
        try {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        } catch (IOException e) {
            throw new BadInput(
                    file + ": cannot be written; the plan is applied, but topics that appear later cannot be told from"
                            + " those that were planned; wanted: a folder that can be written to",
                    e);
        }
    }
}
