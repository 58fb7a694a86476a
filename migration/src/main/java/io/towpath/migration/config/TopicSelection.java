package io.towpath.migration.config;

import io.towpath.migration.BadInput;
import io.towpath.mm2.IdentityFlow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The topics of a migration: each entry a literal name, or a pattern between slashes such as {@code /shop\..+/}. */
public record TopicSelection(List<String> entries) {

    public TopicSelection {
        entries = List.copyOf(entries);
    }

    static boolean isPattern(String entry) {
        return entry.length() > 2 && entry.startsWith("/") && entry.endsWith("/");
    }

    private static Pattern pattern(String entry) {
        return Pattern.compile(entry.substring(1, entry.length() - 1));
    }

    /** The entries as MM2's regular expressions, for a flow that takes what appears later too. */
    public List<String> expressions() {
        return entries.stream()
                .map(entry -> isPattern(entry) ? entry.substring(1, entry.length() - 1) : entry.replace(".", "\\."))
                .toList();
    }

    /**
     * The names that are selected on either cluster, sorted; for what goes both ways.
     *
     * @throws BadInput also when a selected topic is on one cluster only: its records would be left behind
     */
    public List<String> resolveOnBoth(Collection<String> source, Collection<String> target) {
        TreeSet<String> either = new TreeSet<>(source);
        either.addAll(target);
        List<String> selected = resolve(either);
        List<String> lonely = new ArrayList<>();
        for (String topic : selected) {
            if (!source.contains(topic) || !target.contains(topic)) {
                lonely.add(topic + " is on the " + (source.contains(topic) ? "source" : "target") + " only");
            }
        }
        if (!lonely.isEmpty()) {
            throw new BadInput("topics: " + entries + " given, and " + String.join(", ", lonely)
                    + "; wanted: each on both clusters, or entries that leave it out (its records stay behind then)");
        }
        return selected;
    }

    /**
     * The entries, all of them names.
     *
     * @throws BadInput if one is a pattern
     */
    public List<String> names() {
        entries.stream().filter(TopicSelection::isPattern).findFirst().ifPresent(pattern -> {
            throw new BadInput(
                    "topics: " + pattern + " given; wanted: names, or a plan that was applied and has resolved it");
        });
        return entries;
    }

    private static boolean neverMoved(String topic) {
        return IdentityFlow.neverMirrored(topic)
                || (topic.startsWith("towpath-") && (topic.endsWith("-journal") || topic.endsWith("-offsets")));
    }

    /**
     * The names that are selected among {@code present}, sorted. A pattern never catches what MM2 cannot mirror,
     * nor what towpath keeps for itself.
     *
     * @throws BadInput when a named topic is absent, cannot be mirrored, or nothing at all is selected
     */
    public List<String> resolve(Collection<String> present) {
        TreeSet<String> selected = new TreeSet<>();
        List<String> mistakes = new ArrayList<>();
        for (String entry : entries) {
            if (isPattern(entry)) {
                present.stream()
                        .filter(pattern(entry).asMatchPredicate())
                        .filter(topic -> !neverMoved(topic))
                        .forEach(selected::add);
            } else if (!present.contains(entry)) {
                mistakes.add("topics: " + entry + " given; wanted: a topic that the source has");
            } else if (neverMoved(entry)) {
                mistakes.add(
                        "topics: " + entry + " given; wanted: a topic that neither MM2 nor towpath treats as its own");
            } else {
                selected.add(entry);
            }
        }
        if (!mistakes.isEmpty()) {
            throw new BadInput(String.join("; ", mistakes));
        }
        if (selected.isEmpty()) {
            throw new BadInput("topics: " + entries + " given; wanted: at least one topic of the source");
        }
        return List.copyOf(selected);
    }
}
