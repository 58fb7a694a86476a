package io.towpath.migration.plan;

import io.towpath.migration.plan.Change.Drift;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The topics of a migration, named one by one when the plan was applied: what a pattern catches later does not slip in.
 *
 * @param entries what migration.yaml said under topics; another wish makes another plan
 * @param partitions of each topic at that time
 * @param ids of the topics at that time; a topic that has none, or had when an older towpath planned it, is absent
 */
public record Resolved(List<String> entries, Map<String, Integer> partitions, Map<String, String> ids) {

    public Resolved {
        entries = List.copyOf(entries);
        partitions = Map.copyOf(partitions);
        ids = Map.copyOf(ids);
    }

    public static Resolved of(List<String> entries, Collection<Topic> topics) {
        Map<String, Integer> partitions = new TreeMap<>();
        Map<String, String> ids = new TreeMap<>();
        for (Topic topic : topics) {
            partitions.put(topic.name(), topic.partitions());
            if (!topic.id().isEmpty()) {
                ids.put(topic.name(), topic.id());
            }
        }
        return new Resolved(entries, partitions, ids);
    }

    /** {@code now}: the topics that the entries select at present. */
    public List<Change> drift(Map<String, Topic> now) {
        List<Change> drift = new ArrayList<>();
        new TreeMap<>(now).forEach((name, topic) -> {
            Integer then = partitions.get(name);
            if (then == null) {
                drift.add(new Drift(name, "appeared after the plan was applied" + ACCEPT));
            } else if (then != topic.partitions()) {
                drift.add(new Drift(
                        name, topic.partitions() + " partitions, " + then + " when the plan was applied" + ACCEPT));
            } else if (!ids.getOrDefault(name, topic.id()).equals(topic.id())) {
                drift.add(new Drift(name, "recreated since the plan was applied" + ACCEPT));
            }
        });
        new TreeMap<>(partitions)
                .keySet().stream()
                        .filter(name -> !now.containsKey(name))
                        .forEach(name -> drift.add(new Drift(name, "gone since the plan was applied" + ACCEPT)));
        return drift;
    }

    /** The topics as they were resolved, those that are gone left out. */
    public List<Topic> asResolved(Map<String, Topic> now) {
        return now.values().stream()
                .filter(topic -> partitions.containsKey(topic.name()))
                .map(topic -> new Topic(
                        topic.name(),
                        Math.min(topic.partitions(), partitions.get(topic.name())),
                        topic.replication(),
                        topic.configs(),
                        topic.inherited(),
                        topic.id()))
                .toList();
    }

    private static final String ACCEPT = "; towpath plan --accept-drift --apply takes it into the plan";
}
