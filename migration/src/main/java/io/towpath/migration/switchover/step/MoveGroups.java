package io.towpath.migration.switchover.step;

import io.towpath.migration.groups.Accepted;
import io.towpath.migration.groups.Group;
import io.towpath.migration.groups.GroupAdmin;
import io.towpath.migration.groups.Translated;
import io.towpath.migration.groups.Translated.Exact;
import io.towpath.migration.groups.Translated.Refused;
import io.towpath.migration.groups.Translation;
import io.towpath.migration.switchover.Offsets;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sets every group on the side that opens to the first record that it has not committed on the one that is left. Nothing
 * is taken back: nobody reads there while it is closed, and the next switch sets the positions again.
 */
final class MoveGroups implements Step {

    static final String NAME = "translate groups";
    private static final String SEEN = "seen";
    private static final String SET = "set";

    private final Scene scene;

    MoveGroups(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> calls() {
        return scene.migration().groups().stream()
                .sorted()
                .map(group -> line(group, "<n>"))
                .toList();
    }

    private String line(String group, String positions) {
        return "set " + positions + " positions of group " + group + " on " + scene.toCluster();
    }

    @Override
    public Map<String, Object> apply() {
        try (GroupAdmin from = new GroupAdmin(scene.fromCluster());
                GroupAdmin to = new GroupAdmin(scene.toCluster())) {
            List<Group> groups = Expired.groups(scene, from);
            refuseActive(groups, to.active(scene.migration().groups()), scene);
            Translation translation = new Translation(Prove.results(scene), accepted());
            List<Translated> all = new ArrayList<>(translation.of(groups));
            all.addAll(translation.leftOver(groups, to.known(scene.migration().groups())));
            List<String> refused = all.stream()
                    .filter(Refused.class::isInstance)
                    .map(Translated::toString)
                    .toList();
            if (!refused.isEmpty()) {
                throw new io.towpath.migration.switchover.Refused("groups", refused);
            }
            Map<String, List<Exact>> byGroup = all.stream()
                    .map(Exact.class::cast)
                    .collect(Collectors.groupingBy(Exact::group, TreeMap::new, Collectors.toList()));
            byGroup.forEach((group, positions) ->
                    scene.acts().act(line(group, Integer.toString(positions.size())), () -> to.set(group, positions)));
            Set<String> topics = from.topics();
            groups.forEach(group -> translation
                    .notes(group, topics)
                    .forEach(note -> scene.acts().say("  " + note)));
            return Map.of("positions", all.size(), SEEN, seen(groups), SET, kept(byGroup));
        }
    }

    /** The proof has refused already what covers less than the operator accepts. */
    private Accepted accepted() {
        return new Accepted(
                scene.switching().accepted().contains("share-redelivery"),
                scene.switching().coverage() < 100);
    }

    /** What a group that expires meanwhile can go on from; a share group's position is not its own alone. */
    private static Map<String, Map<String, Long>> kept(Map<String, List<Exact>> byGroup) {
        Map<String, Map<String, Long>> kept = new TreeMap<>();
        byGroup.forEach((group, positions) -> positions.stream()
                .filter(position -> position.kind() != Group.Kind.SHARE)
                .forEach(position -> kept.computeIfAbsent(group, g -> new TreeMap<>())
                        .put(position.partition().toString(), position.target())));
        return kept;
    }

    /** What {@link #apply} has set, from what it has left in the journal. */
    static Map<String, Map<String, Long>> set(Map<String, Object> facts) {
        Map<String, Map<String, Long>> set = new TreeMap<>();
        if (facts.get(SET) instanceof Map<?, ?> map) {
            map.forEach((group, positions) -> set.put(group.toString(), Offsets.written(Offsets.read(positions))));
        }
        return set;
    }

    /** A position that moves while it is set is no position. */
    static void refuseActive(List<Group> from, Set<String> activeOnTo, Scene scene) {
        List<String> active = new ArrayList<>();
        from.stream()
                .filter(Group::active)
                .forEach(group -> active.add(group.name() + " has members on " + scene.fromCluster()));
        activeOnTo.forEach(group -> active.add(group + " has members on " + scene.toCluster()));
        if (!active.isEmpty()) {
            throw new io.towpath.migration.switchover.Refused("groups are active; stop their members", active);
        }
    }

    /** Where the groups stood, in one line that differs when one of them has moved. */
    private static String seen(List<Group> groups) {
        TreeMap<String, Long> positions = new TreeMap<>();
        groups.forEach(group ->
                group.positions().forEach((tp, position) -> positions.put(group.name() + " " + tp, position.offset())));
        return Integer.toHexString(positions.hashCode());
    }

    /** A group that has read on meanwhile would read the same again. */
    @Override
    public Optional<String> broken() {
        try (GroupAdmin from = new GroupAdmin(scene.fromCluster())) {
            boolean same =
                    seen(Expired.groups(scene, from)).equals(scene.facts(NAME).get(SEEN));
            return same ? Optional.empty() : Optional.of("groups have moved on " + scene.fromCluster());
        }
    }

    @Override
    public void undo() {}
}
