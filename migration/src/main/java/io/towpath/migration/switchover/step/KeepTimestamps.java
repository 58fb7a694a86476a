package io.towpath.migration.switchover.step;

import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Topics that are stamped by the broker are stamped on the open side only: on the side that a flow writes to, the broker
 * would rewrite every timestamp. The release makes it so on the other side.
 */
final class KeepTimestamps implements Step {

    static final String NAME = "keep timestamps";
    static final String APPEND = "LogAppendTime";
    private static final String CREATE = "CreateTime";
    private static final String TOPICS = "topics";

    private final Scene scene;

    KeepTimestamps(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> calls() {
        List<String> topics = stamped(before());
        return topics.isEmpty()
                ? List.of()
                : List.of(line(CREATE, topics, scene.fromCluster().alias()));
    }

    static String line(String type, List<String> topics, String alias) {
        return "set " + TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG + "=" + type + " of " + topics + " on " + alias;
    }

    @Override
    public Map<String, Object> before() {
        List<String> topics = scene
                .fromView()
                .topicConfig(scene.topics(), TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                .entrySet()
                .stream()
                .filter(e -> e.getValue().equals(APPEND))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        return Map.of(TOPICS, topics);
    }

    /** The topics that this switch found stamped by the broker. */
    static List<String> stamped(Map<String, Object> facts) {
        return facts.get(TOPICS) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    @Override
    public Map<String, Object> apply() {
        stamp(CREATE);
        return Map.of();
    }

    @Override
    public void undo() {
        stamp(APPEND);
    }

    private void stamp(String type) {
        List<String> topics = stamped(scene.facts(NAME));
        if (!topics.isEmpty()) {
            scene.acts()
                    .act(
                            line(type, topics, scene.fromCluster().alias()),
                            () -> scene.fromView().stampBy(type, topics));
        }
    }
}
