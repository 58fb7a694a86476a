package io.towpath.migration.groups;

import io.towpath.migration.groups.Translated.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether groups stand still while they are moved: a position that moves while it is set is no position. A member that
 * assigns itself partitions never makes its group active; its positions alone tell.
 */
public final class Stillness {

    private Stillness() {}

    /** Refuses those that have members on either side. */
    public static List<Refused> active(Collection<Group> onSource, Collection<Group> onTarget) {
        List<Refused> refused = new ArrayList<>();
        onSource.stream()
                .filter(Group::active)
                .forEach(group ->
                        refused.add(new Refused(group.name(), null, "it has members on the source; stop them first")));
        onTarget.stream()
                .filter(Group::active)
                .forEach(group -> refused.add(
                        new Refused(group.name(), null, "it has members on the target already; stop them first")));
        return refused;
    }

    /** Refuses those of the source that are not as they were when their positions were read. */
    public static List<Refused> moved(Collection<Group> then, Collection<Group> now) {
        Map<String, Group> seen = new HashMap<>();
        now.forEach(group -> seen.put(group.name(), group));
        List<Refused> refused = new ArrayList<>();
        for (Group group : then) {
            Group again = seen.get(group.name());
            if (again == null || again.active() || !again.positions().equals(group.positions())) {
                refused.add(new Refused(
                        group.name(),
                        null,
                        "it went on reading on the source while it was moved: what it has on the target is older; stop"
                                + " its members and translate again"));
            }
        }
        return refused;
    }
}
