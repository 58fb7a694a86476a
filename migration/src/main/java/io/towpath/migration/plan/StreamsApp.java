package io.towpath.migration.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kafka Streams application, known by its internal topics: {@code <application.id>-<store>-changelog} and
 * {@code -repartition}. Its application id is also the name of its group.
 */
public record StreamsApp(String applicationId, List<String> internalTopics) {

    private static final Pattern INTERNAL = Pattern.compile("(.+)-(changelog|repartition)");
    private static final Pattern GENERATED = Pattern.compile("(.+?)-(KSTREAM|KTABLE|GLOBALKTABLE)-.*");

    public StreamsApp {
        internalTopics = List.copyOf(internalTopics);
    }

    /** The applications behind {@code topics}. A topic that no group's name begins and no generated name betrays is none. */
    static List<StreamsApp> find(Collection<String> topics, Collection<String> groups) {
        Map<String, List<String>> apps = new TreeMap<>();
        for (String topic : topics) {
            Matcher internal = INTERNAL.matcher(topic);
            String id = internal.matches() ? id(internal.group(1), groups) : null;
            if (id != null) {
                apps.computeIfAbsent(id, key -> new ArrayList<>()).add(topic);
            }
        }
        return apps.entrySet().stream()
                .map(app -> new StreamsApp(
                        app.getKey(), app.getValue().stream().sorted().toList()))
                .toList();
    }

    private static String id(String name, Collection<String> groups) {
        Matcher generated = GENERATED.matcher(name);
        return groups.stream()
                .filter(group -> name.startsWith(group + "-"))
                .max(Comparator.comparingInt(String::length))
                .orElseGet(() -> generated.matches() ? generated.group(1) : null);
    }
}
