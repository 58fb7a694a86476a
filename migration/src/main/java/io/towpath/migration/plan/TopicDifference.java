package io.towpath.migration.plan;

import io.towpath.migration.plan.Change.Alter;
import io.towpath.migration.plan.Change.Conflict;
import io.towpath.migration.plan.Change.Create;
import io.towpath.migration.plan.Change.Grow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must change so that the target holds every topic of the source as the source does. Touches nothing. */
public final class TopicDifference {

    private static final String POLICY = "cleanup.policy";
    private static final String TIMESTAMP_TYPE = "message.timestamp.type";

    /** Settings that name brokers or tiers of the source's own; and limits that could refuse the source's records. */
    private static final Set<String> NOT_CARRIED = Set.of(
            "follower.replication.throttled.replicas",
            "leader.replication.throttled.replicas",
            "message.timestamp.difference.max.ms",
            "message.timestamp.before.max.ms",
            "message.timestamp.after.max.ms",
            "message.format.version",
            "remote.storage.enable",
            "local.retention.ms",
            "local.retention.bytes");

    private final int targetBrokers;

    /** {@code targetBrokers}: a topic cannot have more replicas than that. */
    public TopicDifference(int targetBrokers) {
        this.targetBrokers = targetBrokers;
    }

    public List<Change> between(Collection<Topic> source, Map<String, Topic> target) {
        List<Change> changes = new ArrayList<>();
        for (Topic topic : source) {
            Topic wanted = wanted(topic);
            Topic present = target.get(topic.name());
            if (present == null) {
                changes.add(new Create(wanted));
            } else {
                changes.addAll(between(wanted, present));
            }
        }
        return changes;
    }

    /**
     * The topic as the target should have it while it is mirrored: with LogAppendTime the target would rewrite every
     * timestamp, and with a limit on timestamps' age it would refuse old records.
     */
    private Topic wanted(Topic source) {
        Map<String, String> configs = new TreeMap<>(source.configs());
        configs.keySet().removeAll(NOT_CARRIED);
        configs.put(TIMESTAMP_TYPE, "CreateTime");
        configs.put("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        return new Topic(source.name(), source.partitions(), Math.min(source.replication(), targetBrokers), configs);
    }

    /** Settings of the source that the target does not get, and those that it gets otherwise until the switch. */
    static Optional<String> notCarried(Topic source) {
        List<String> parts = new ArrayList<>();
        Set<String> left = new TreeSet<>(source.configs().keySet());
        left.retainAll(NOT_CARRIED);
        if (!left.isEmpty()) {
            parts.add(left + " not carried (MM2's own sync would carry most of it)");
        }
        if ("LogAppendTime".equals(source.configs().get(TIMESTAMP_TYPE))) {
            parts.add("LogAppendTime on the source; CreateTime on the target until the switch releases it, else every"
                    + " timestamp would be rewritten");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static List<Change> between(Topic wanted, Topic present) {
        if (present.partitions() > wanted.partitions()) {
            return List.of(new Conflict(
                    wanted.name(),
                    present.partitions() + " partitions present on the target; wanted: " + wanted.partitions()
                            + " as on the source, and partitions cannot be removed"));
        }
        String policy = wanted.configs().getOrDefault(POLICY, "delete");
        String presentPolicy = present.configs().getOrDefault(POLICY, "delete");
        if (!policy.equals(presentPolicy)) {
            return List.of(new Conflict(
                    wanted.name(),
                    POLICY + "=" + presentPolicy + " on the target; wanted: " + policy
                            + " as on the source, and records may be gone already"));
        }
        List<Change> changes = new ArrayList<>();
        if (present.partitions() < wanted.partitions()) {
            changes.add(new Grow(wanted.name(), present.partitions(), wanted.partitions()));
        }
        Map<String, String> set = new TreeMap<>(wanted.configs());
        set.entrySet()
                .removeIf(e -> Objects.equals(e.getValue(), present.configs().get(e.getKey())));
        if (!set.isEmpty()) {
            changes.add(new Alter(wanted.name(), set));
        }
        return changes;
    }
}
