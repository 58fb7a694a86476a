package io.towpath.migration.switchover.step;

import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.InitialState;
import io.towpath.migration.connect.SourceOffset;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.switchover.FlowHand;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts the applications' connectors, STOPPED, on the side that opens: a source goes on with the offsets that it had, a
 * sink with its positions translated by the offset map. Read back and compared; the release resumes them.
 */
final class EnterConnectors implements Step {

    private final Scene scene;
    private final ConnectRest rest;

    EnterConnectors(Scene scene) {
        this.scene = scene;
        this.rest = scene.application(scene.to());
    }

    @Override
    public String name() {
        return "enter connectors";
    }

    @Override
    public List<String> calls() {
        List<String> calls = new ArrayList<>();
        for (String name : names(scene)) {
            calls.addAll(
                    rest.config(name).isEmpty()
                            ? List.of(creating(name))
                            : List.of(at(FlowHand.stopping(name)), at(FlowHand.configuring(name))));
            calls.add(patching(name));
        }
        return calls;
    }

    private static List<String> names(Scene scene) {
        return scene.switching().applications().names();
    }

    private String at(String line) {
        return line + " at " + rest.worker();
    }

    private String creating(String name) {
        return at(FlowHand.creating(name));
    }

    private String patching(String name) {
        return at(FlowHand.patching(name, "as on " + scene.fromCluster()));
    }

    @Override
    public Map<String, Object> apply() {
        for (String name : names(scene)) {
            place(name, config(name));
            set(name, offsets(name));
        }
        return Map.of();
    }

    /** Offsets of an earlier stay there that are none now are forgotten first. */
    private void set(String name, List<SourceOffset> wanted) {
        Set<Map<String, Object>> partitions =
                wanted.stream().map(SourceOffset::partition).collect(Collectors.toSet());
        if (!rest.offsets(name).stream().map(SourceOffset::partition).allMatch(partitions::contains)) {
            scene.acts().act(at("DELETE /connectors/" + name + "/offsets"), () -> rest.resetOffsets(name));
        }
        if (!wanted.isEmpty()) {
            scene.acts().act(patching(name), () -> rest.alterOffsets(name, wanted));
        }
        compare(name, texts(wanted), texts(rest.offsets(name)));
    }

    /** Anything but equality, partition by partition, stops the switch. */
    private void compare(String name, Set<String> wanted, Set<String> kept) {
        List<String> wrong = new ArrayList<>();
        wanted.stream().filter(one -> !kept.contains(one)).forEach(one -> wrong.add(one + " was set and is not there"));
        kept.stream().filter(one -> !wanted.contains(one)).forEach(one -> wrong.add(one + " is there and was not set"));
        if (!wrong.isEmpty()) {
            throw new Refused("the worker at " + rest.worker() + " did not keep the offsets of " + name, wrong);
        }
    }

    private static Set<String> texts(List<SourceOffset> offsets) {
        return offsets.stream()
                .map(o -> new TreeMap<>(o.partition()) + " " + new TreeMap<>(o.offset()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void place(String name, Map<String, String> config) {
        if (rest.config(name).isEmpty()) {
            scene.acts().act(creating(name), () -> rest.create(name, config, InitialState.STOPPED));
        } else {
            scene.acts().act(at(FlowHand.stopping(name)), () -> rest.stop(name));
            scene.acts().act(at(FlowHand.configuring(name)), () -> rest.put(name, config));
        }
        rest.awaitStopped(name, scene.patience());
    }

    /** As on the side that is left, with the keys that differ here. */
    private Map<String, String> config(String name) {
        ConnectRest left = scene.application(scene.from());
        Map<String, String> config = new HashMap<>(left.config(name)
                .orElseThrow(() -> new Refused(name + ": no such connector any more at " + left.worker())));
        Map<String, String> set =
                scene.switching().applications().set().getOrDefault(scene.to().word(), Map.of());
        set.forEach((key, value) -> {
            if (key.startsWith(name + ".")) {
                config.put(key.substring(name.length() + 1), value);
            }
        });
        return config;
    }

    private List<SourceOffset> offsets(String name) {
        List<SourceOffset> offsets = new ArrayList<>();
        if (scene.facts(LeaveConnectors.NAME).get(name) instanceof List<?> noted) {
            noted.forEach(one -> offsets.add(translated((Map<?, ?>) one)));
        }
        return offsets;
    }

    private SourceOffset translated(Map<?, ?> noted) {
        Map<String, Object> partition = strings(noted.get("partition"));
        Map<String, Object> offset = strings(noted.get("offset"));
        if (!partition.containsKey("kafka_topic")) {
            return new SourceOffset(partition, offset);
        }
        String topic = partition.get("kafka_topic").toString();
        int number = ((Number) partition.get("kafka_partition")).intValue();
        long position = ((Number) offset.get("kafka_offset")).longValue();
        PartitionResult result = Prove.results(scene).stream()
                .filter(r ->
                        r.partition().topic().equals(topic) && r.partition().partition() == number)
                .findFirst()
                .orElseThrow(() -> new Refused(
                        "a sink also reads " + topic + "-" + number + ", which this migration does not move"));
        long there = result.map().toTarget(position).orElse(result.bounds().targetFence());
        return new SourceOffset(partition, Map.of("kafka_offset", there));
    }

    private static Map<String, Object> strings(Object json) {
        Map<String, Object> map = new HashMap<>();
        ((Map<?, ?>) json).forEach((key, value) -> map.put(key.toString(), value));
        return map;
    }

    /** They stay there, stopped: the next switch places them again. */
    @Override
    public void undo() {
        for (String name : names(scene)) {
            if (rest.config(name).isPresent()) {
                scene.acts().act(at(FlowHand.stopping(name)), () -> rest.stop(name));
                rest.awaitStopped(name, scene.patience());
            }
        }
    }
}
