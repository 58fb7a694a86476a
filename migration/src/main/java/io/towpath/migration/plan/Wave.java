package io.towpath.migration.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The topics that move together, and the groups that must go with them. A group has one set of positions on one cluster:
 * one that reads topics of the wave and others would be cut in two.
 *
 * @param wanted groups that the migration names
 */
record Wave(Set<String> topics, Set<String> wanted) {

    Wave(Collection<String> topics, Collection<String> wanted) {
        this(Set.copyOf(topics), Set.copyOf(wanted));
    }

    boolean reads(GroupUse group) {
        return group.topics().stream().anyMatch(topics::contains);
    }

    /** Names of the groups that move or read a topic that does. */
    Set<String> groups(Collection<GroupUse> all) {
        Set<String> names = new TreeSet<>(wanted);
        all.stream().filter(this::reads).map(GroupUse::name).forEach(names::add);
        return names;
    }

    /** A named group, or one with members, that reads inside and outside. */
    List<Change> conflicts(Collection<GroupUse> all) {
        List<Change> conflicts = new ArrayList<>();
        for (GroupUse group : all) {
            Set<String> outside = new TreeSet<>(group.topics());
            outside.removeAll(topics);
            if (reads(group) && !outside.isEmpty() && (group.active() || wanted.contains(group.name()))) {
                conflicts.add(new Change.Conflict(
                        "group " + group.name(),
                        "reads topics of this migration and " + outside
                                + " outside of it; wanted: those topics in the same migration, or two groups"));
            }
        }
        return conflicts;
    }

    /** Named groups that the source does not have, or not yet. */
    List<String> absent(Collection<GroupUse> all) {
        Set<String> present = all.stream().map(GroupUse::name).collect(Collectors.toSet());
        return wanted.stream().filter(name -> !present.contains(name)).sorted().toList();
    }

    /** Groups with positions on topics that move, which the migration does not name. */
    List<String> leftBehind(Collection<GroupUse> all) {
        return all.stream()
                .filter(this::reads)
                .map(GroupUse::name)
                .filter(name -> !wanted.contains(name))
                .sorted()
                .toList();
    }
}
