package io.towpath.migration.switchover.step;

import io.towpath.migration.config.Switching;
import io.towpath.migration.groups.Group;
import io.towpath.migration.groups.GroupAdmin;
import io.towpath.migration.journal.Segment;
import io.towpath.migration.switchover.Offsets;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The groups of a migration on the side that is left. Brokers forget a group that has not committed for
 * {@code offsets.retention.minutes}; one that nobody used since the last switch still stands where that has set it.
 */
record Expired(Scene scene) {

    /**
     * All groups with their positions.
     *
     * @throws Refused when one is gone, and that was not accepted
     */
    static List<Group> groups(Scene scene, GroupAdmin from) {
        List<String> names = scene.migration().groups();
        Set<String> present = from.present(names);
        Map<String, Map<String, Long>> set = new Expired(scene).lastSet();
        List<Group> gone = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (String name : names) {
            if (present.contains(name) || !set.containsKey(name)) {
                there.add(name); // one that was never there is refused by the question for it
            } else {
                gone.add(new Expired(scene).remembered(name, set.get(name)));
            }
        }
        gone.addAll(0, from.groups(there));
        return gone;
    }

    private Map<String, Map<String, Long>> lastSet() {
        List<Segment> segments = scene.journal().standing().segments();
        return segments.isEmpty() ? Map.of() : segments.get(segments.size() - 1).groups();
    }

    private Group remembered(String name, Map<String, Long> positions) {
        if (!scene.switching().accepted().contains(Switching.EXPIRED_GROUP)) {
            throw new Refused("group " + name + " is gone from " + scene.fromCluster()
                    + " (offsets.retention.minutes); where it stood then is not known any more. switch.accept: ["
                    + Switching.EXPIRED_GROUP
                    + "] lets it go on from where the last switch has set it, so that it reads"
                    + " again what it has read since; or take it out of groups");
        }
        Map<TopicPartition, Group.Position> at = new HashMap<>();
        Offsets.read(positions).forEach((tp, offset) -> at.put(tp, new Group.Position(offset, "", 0)));
        return new Group(name, Group.Kind.CONSUMER, false, at);
    }
}
