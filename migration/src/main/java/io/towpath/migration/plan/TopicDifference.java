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

    private static final String FOR_EVER = Long.toString(Long.MAX_VALUE);

    /** Whether that setting of a topic is to be the same on both clusters. */
    public static boolean carried(String key) {
        return !NOT_CARRIED.contains(key) && !key.equals(TIMESTAMP_TYPE);
    }

    private final int targetBrokers;
    private final Map<String, String> targetDefaults;

    /**
     * Towards one target.
     *
     * @param targetBrokers a topic cannot have more replicas than that
     * @param targetDefaults what its brokers give a topic that sets nothing itself; a key that is absent is not known
     */
    public TopicDifference(int targetBrokers, Map<String, String> targetDefaults) {
        this.targetBrokers = targetBrokers;
        this.targetDefaults = Map.copyOf(targetDefaults);
    }

    /** Towards the cluster that is asked. */
    public static TopicDifference to(TopicAdmin target) {
        return new TopicDifference(target.brokers(), target.defaults().value());
    }

    public List<Change> between(Collection<Topic> source, Map<String, Topic> target) {
        List<Change> changes = new ArrayList<>();
        for (Topic topic : source) {
            Topic wanted = wanted(topic, targetBrokers);
            Topic present = target.get(topic.name());
            if (present == null) {
                changes.add(new Create(complete(wanted, topic)));
            } else {
                changes.addAll(between(wanted, topic, present));
            }
        }
        return changes;
    }

    /**
     * The topic as the target should have it while it is mirrored: with LogAppendTime the target would rewrite every
     * timestamp, and with a limit on timestamps' age it would refuse old records.
     */
    private static Topic wanted(Topic source, int targetBrokers) {
        Map<String, String> configs = new TreeMap<>(source.configs());
        configs.keySet().removeAll(NOT_CARRIED);
        configs.put(TIMESTAMP_TYPE, "CreateTime");
        configs.put("message.timestamp.after.max.ms", FOR_EVER);
        return new Topic(source.name(), source.partitions(), Math.min(source.replication(), targetBrokers), configs);
    }

    /** A new topic, with what the target's brokers would give it otherwise than the source's did. */
    private Topic complete(Topic wanted, Topic source) {
        Map<String, String> configs = new TreeMap<>(wanted.configs());
        configs.putAll(otherwise(wanted, source, targetDefaults));
        return new Topic(wanted.name(), wanted.partitions(), wanted.replication(), configs);
    }

    /** What holds at the source, or must while it is mirrored, and would not at the target by {@code there}. */
    private static Map<String, String> otherwise(Topic wanted, Topic source, Map<String, String> there) {
        Map<String, String> set = new TreeMap<>();
        for (String key : Guarded.KEYS) {
            String holds = NOT_CARRIED.contains(key) ? FOR_EVER : source.effective(key);
            boolean known = source.effective(key) != null;
            if (known && !wanted.configs().containsKey(key) && !holds.equals(there.get(key))) {
                set.put(key, holds);
            }
        }
        return set;
    }

    /** Topics that the target has with fewer replicas than it could: what one broker lost would be lost. */
    public List<Change> lessReplicated(Collection<Topic> source, Map<String, Topic> target) {
        List<Change> changes = new ArrayList<>();
        for (Topic topic : source) {
            Topic present = target.get(topic.name());
            int wanted = Math.min(topic.replication(), targetBrokers);
            if (present != null && present.replication() < wanted) {
                changes.add(new Conflict(
                        topic.name(),
                        "replication " + present.replication() + " on the target; wanted: " + wanted
                                + " (kafka-reassign-partitions), or --leave replication"));
            }
        }
        return changes;
    }

    /** Settings that only the target's topic has, of those that no plan sets. */
    static Optional<String> onlyOnTarget(Topic source, Topic present) {
        Map<String, String> own = new TreeMap<>(present.configs());
        own.keySet().removeAll(source.configs().keySet());
        own.keySet().removeAll(Guarded.KEYS);
        own.keySet().removeAll(NOT_CARRIED);
        return own.isEmpty() ? Optional.empty() : Optional.of(own + " is set on the target only");
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

    private static List<Change> between(Topic wanted, Topic source, Topic present) {
        if (present.partitions() > wanted.partitions()) {
            return List.of(new Conflict(
                    wanted.name(),
                    present.partitions() + " partitions present on the target; wanted: " + wanted.partitions()
                            + " as on the source, and partitions cannot be removed"));
        }
        String policy = Objects.requireNonNullElse(source.effective(POLICY), "delete");
        String presentPolicy = Objects.requireNonNullElse(present.effective(POLICY), "delete");
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
        Map<String, String> there = new TreeMap<>(present.inherited());
        there.putAll(present.configs());
        set.putAll(otherwise(wanted, source, there));
        set.entrySet()
                .removeIf(e -> Objects.equals(e.getValue(), present.configs().get(e.getKey())));
        if (!set.isEmpty()) {
            changes.add(new Alter(wanted.name(), set));
        }
        return changes;
    }
}
