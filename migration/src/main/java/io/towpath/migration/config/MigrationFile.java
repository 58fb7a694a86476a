package io.towpath.migration.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.towpath.migration.BadInput;
import io.towpath.mm2.FlowWorker;
import io.towpath.mm2.Sizing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Reads {@code migration.yaml}. All mistakes are told at once. */
public final class MigrationFile {

    private static final Set<String> TOP =
            Set.of("name", "source", "target", "connect", "flow", "topics", "groups", "switch");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build());

    private MigrationFile() {}

    /**
     * The migration in {@code file}.
     *
     * @throws BadInput with every mistake, one a line
     */
    public static Migration read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new BadInput(file + ": no such file; wanted: a migration.yaml", e);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    static Migration parse(String where, String text) {
        Keys root = Keys.root(tree(where, text));
        root.onlyKnown(TOP::contains, "one of " + String.join(", ", new TreeSet<>(TOP)));
        String name = root.text("name", NAME.asMatchPredicate(), "small letters, digits and dashes");
        Cluster source = cluster(root.below("source", true));
        Cluster target = cluster(root.below("target", true));
        if (!source.alias().isEmpty() && source.alias().equals(target.alias())) {
            root.mistake("target.alias", "\"" + target.alias() + "\" given", "another alias than the source's");
        }
        Migration.Connect connect = connect(root.below("connect", false));
        Sizing sizing = sizing(root.below("flow", false));
        List<String> topics = root.list("topics", MigrationFile::isTopic, "topic names, or patterns between slashes");
        if (topics.isEmpty() && root.mistakes().stream().noneMatch(m -> m.startsWith("topics"))) {
            root.mistake("topics", "nothing given", "at least one topic");
        }
        List<String> groups = root.list("groups", group -> !group.isBlank(), "group names");
        Switching switching = SwitchKeys.read(root.below("switch", false));
        if (!root.mistakes().isEmpty()) {
            throw new BadInput(where + ": " + String.join("\n" + where + ": ", root.mistakes()));
        }
        return new Migration(name, source, target, connect, sizing, new TopicSelection(topics), groups, switching);
    }

    private static JsonNode tree(String where, String text) {
        try {
            JsonNode tree = YAML.readTree(text);
            if (!tree.isObject()) {
                throw new BadInput(where + ": no mapping; wanted: name, source, target, topics …");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new BadInput(where + ": not YAML, line " + e.getLocation().getLineNr(), e);
        }
    }

    private static Cluster cluster(Keys keys) {
        String alias = keys.text("alias", ALIAS.asMatchPredicate(), "a short name for the cluster");
        keys.onlyKnown(MigrationFile::isClientKey, "alias, or a client property of Kafka");
        keys.text(Cluster.BOOTSTRAP, value -> value.matches("[^,\\s]+:\\d+(\\s*,\\s*[^,\\s]+:\\d+)*"), "host:port,…");
        Map<String, String> client = new TreeMap<>();
        for (String key : keys.names()) {
            if (!key.equals("alias") && !key.equals(Cluster.BOOTSTRAP)) {
                client.put(key, keys.text(key, value -> true, "a value"));
            }
        }
        client.put(Cluster.BOOTSTRAP, keys.text(Cluster.BOOTSTRAP, "", value -> true, "host:port,…"));
        return new Cluster(alias, client);
    }

    private static boolean isClientKey(String key) {
        return key.equals("alias")
                || AdminClientConfig.configNames().contains(key)
                || ConsumerConfig.configNames().contains(key)
                || key.startsWith("sasl.")
                || key.startsWith("ssl.");
    }

    private static Migration.Connect connect(Keys keys) {
        keys.onlyKnown(Set.of("url", "attached", "exactly.once")::contains, "url, attached or exactly.once");
        String url =
                keys.text("url", "", value -> value.matches("https?://\\S+"), "http://host:port of a Connect worker");
        String attached = keys.text("attached", "target", value -> value.matches("source|target"), "source or target");
        boolean exactlyOnce = keys.flag("exactly.once", true);
        return new Migration.Connect(
                url.isEmpty() ? null : URI.create(url), new FlowWorker(attached.equals("target"), exactlyOnce));
    }

    private static Sizing sizing(Keys keys) {
        keys.onlyKnown(Set.of("sizing", "tasks", "max.request.bytes")::contains, "sizing, tasks or max.request.bytes");
        String name = keys.text("sizing", "throughput", v -> v.matches("throughput|latency"), "throughput or latency");
        String tasks = keys.text("tasks", "4", v -> v.matches("[1-9]\\d{0,3}"), "a number of tasks");
        String bytes = keys.text("max.request.bytes", "20971520", v -> v.matches("[1-9]\\d{3,8}"), "a number of bytes");
        return new Sizing(name, number(tasks), number(bytes));
    }

    private static int number(String text) {
        return text.isEmpty() ? 1 : Integer.parseInt(text);
    }

    private static boolean isTopic(String entry) {
        if (!TopicSelection.isPattern(entry)) {
            return TOPIC.matcher(entry).matches();
        }
        try {
            Pattern.compile(entry.substring(1, entry.length() - 1));
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
