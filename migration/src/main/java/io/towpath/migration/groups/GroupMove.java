package io.towpath.migration.groups;

import io.towpath.migration.groups.Translated.Exact;
import io.towpath.migration.groups.Translated.Refused;
import io.towpath.migration.proof.PartitionResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Groups taken from one cluster to the other by what is proven.
 *
 * <p>Always: their positions are read after the proof, and once more after they were set. A proof takes hours, and a group
 * that reads on meanwhile would read the same again on the target.
 */
public final class GroupMove {

    private final Collection<String> names;
    private final GroupAdmin source;
    private final GroupAdmin target;
    private List<Group> groups = List.of();

    public GroupMove(Collection<String> names, GroupAdmin source, GroupAdmin target) {
        this.names = names;
        this.source = source;
        this.target = target;
    }

    /** Where each group goes on, or why not; {@code apply}: they are about to be set, so none may have members. */
    public List<Translated> translated(List<PartitionResult> results, Accepted accepted, boolean apply) {
        groups = source.groups(names);
        List<Group> there = target.known(names);
        Set<String> topics = source.topics();
        Translation translation = new Translation(results, accepted);
        List<Translated> all = new ArrayList<>();
        if (apply) {
            all.addAll(Stillness.active(groups, there));
        }
        all.addAll(translation.of(groups));
        all.addAll(translation.leftOver(groups, there));
        groups.forEach(group -> all.addAll(translation.notes(group, topics)));
        return all;
    }

    /** Sets what is exact and reads it back; returns those that were not still meanwhile. */
    public List<Refused> set(List<Translated> all) {
        Map<String, List<Exact>> byGroup = all.stream()
                .filter(Exact.class::isInstance)
                .map(Exact.class::cast)
                .collect(Collectors.groupingBy(Exact::group, TreeMap::new, Collectors.toList()));
        byGroup.forEach(target::set);
        return Stillness.moved(groups, again());
    }

    /** A share group without members stands still, and only its members could tell otherwise. */
    private List<Group> again() {
        Set<String> active = source.active(names);
        List<Group> now = new ArrayList<>();
        List<String> positioned = new ArrayList<>();
        for (Group group : groups) {
            if (group.kind() == Group.Kind.SHARE) {
                now.add(new Group(group.name(), group.kind(), active.contains(group.name()), group.positions()));
            } else {
                positioned.add(group.name());
            }
        }
        now.addAll(source.known(positioned));
        return now;
    }
}
