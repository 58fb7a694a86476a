package io.towpath.migration.flow;

import io.towpath.migration.config.Asked;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.ClusterRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a cluster may delete of a flow's partitions by {@code retention.ms} and {@code retention.bytes}, now and later. The
 * broker deletes whole segments, the oldest first, and only when all of a segment may go: it deletes at these times at the
 * earliest.
 */
final class Retention {

    private static final int STEPS = 6;

    private final Asked asked;
    private final Admin admin;
    private final Duration least;
    private final List<String> remarks = new ArrayList<>();

    /** {@code least}: the time that is looked ahead in steps, and then in doubled ones. */
    Retention(Cluster cluster, Admin admin, Duration least) {
        this.asked = new Asked(cluster);
        this.admin = admin;
        this.least = least;
    }

    /** {@code millis}, {@code bytes}: empty for without limit. */
    private record Limits(Optional<Long> millis, Optional<Long> bytes) {

        static Limits of(Config config) {
            boolean deletes =
                    config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains(TopicConfig.CLEANUP_POLICY_DELETE);
            return new Limits(
                    number(config, TopicConfig.RETENTION_MS_CONFIG).filter(any -> deletes),
                    number(config, TopicConfig.RETENTION_BYTES_CONFIG).filter(any -> deletes));
        }

        private static Optional<Long> number(Config config, String key) {
            return Optional.of(Long.parseLong(config.get(key).value())).filter(number -> number >= 0);
        }

        boolean any() {
            return millis.isPresent() || bytes.isPresent();
        }

        Duration least(Duration wished) {
            Duration half = Duration.ofMillis(millis.orElse(Long.MAX_VALUE) / 2);
            return wished.compareTo(half) < 0 ? wished : half;
        }
    }

    /** What could not be asked, a sentence each; told once. */
    List<String> remarks() {
        List<String> told = List.copyOf(remarks);
        remarks.clear();
        return told;
    }

    /** Of partitions that have something left to copy; those that nothing is deleted of are absent. */
    Map<TopicPartition, Front> fronts(Look before, Look now) {
        Map<TopicPartition, Look.Partition> left = now.partitions().entrySet().stream()
                .filter(entry -> entry.getValue().left() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<String, Limits> limits = limits(
                left.keySet().stream().map(TopicPartition::topic).distinct().toList());
        left.keySet().removeIf(tp -> !limits.get(tp.topic()).any());
        if (left.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, NavigableMap<Long, Double>> offsets = new HashMap<>();
        byTime(now, left, limits, offsets);
        if (limits.values().stream().anyMatch(limit -> limit.bytes().isPresent())) {
            bySize(before, now, limits, offsets);
        }
        Map<TopicPartition, Front> fronts = new HashMap<>();
        offsets.forEach((tp, points) ->
                fronts.put(tp, new Front(limits.get(tp.topic()).least(least), points)));
        return fronts;
    }

    private LongStream steps() {
        return LongStream.concat(
                LongStream.of(0, least.toMillis() / 4, least.toMillis() / 2),
                LongStream.range(0, STEPS).map(step -> least.toMillis() << step));
    }

    private void byTime(
            Look now,
            Map<TopicPartition, Look.Partition> left,
            Map<String, Limits> limits,
            Map<TopicPartition, NavigableMap<Long, Double>> offsets) {
        steps().forEach(step -> {
            Map<TopicPartition, OffsetSpec> questions = new HashMap<>();
            left.forEach((tp, partition) -> limits.get(tp.topic())
                    .millis()
                    .filter(millis -> step <= millis)
                    .ifPresent(millis ->
                            questions.put(tp, OffsetSpec.forTimestamp(now.at().toEpochMilli() - millis + step))));
            if (!questions.isEmpty()) {
                asked.answer(
                                "list offsets by time",
                                admin.listOffsets(questions).all())
                        .forEach((tp, answer) -> offsets.computeIfAbsent(tp, any -> new TreeMap<>())
                                .put(step, (double)
                                        (answer.offset() < 0 ? left.get(tp).end() : answer.offset())));
            }
        });
    }

    /** A log is cut until what is left is about {@code retention.bytes}: taken evenly over its offsets. */
    private void bySize(
            Look before,
            Look now,
            Map<String, Limits> limits,
            Map<TopicPartition, NavigableMap<Long, Double>> offsets) {
        double millis = Math.max(1, Duration.between(before.at(), now.at()).toMillis());
        sizes().forEach((tp, size) -> {
            Look.Partition partition = now.partitions().get(tp);
            Optional<Long> limit = Optional.ofNullable(limits.get(tp.topic())).flatMap(Limits::bytes);
            if (partition == null || limit.isEmpty() || partition.left() == 0 || size == 0) {
                return;
            }
            double kept = limit.get() / ((double) size / (partition.end() - partition.start()));
            double growth = (partition.end()
                            - before.partitions().getOrDefault(tp, partition).end())
                    / millis;
            NavigableMap<Long, Double> points = offsets.computeIfAbsent(tp, any -> new TreeMap<>());
            steps().filter(step -> limits.get(tp.topic()).millis().orElse(Long.MAX_VALUE) >= step)
                    .forEach(step -> points.merge(step, partition.end() + growth * step - kept, Math::max));
        });
    }

    private Map<TopicPartition, Long> sizes() {
        Map<TopicPartition, Long> sizes = new HashMap<>();
        try {
            KafkaFuture<Collection<Node>> nodes = admin.describeCluster().nodes();
            List<Integer> brokers = asked.answer("describe the cluster", nodes).stream()
                    .map(Node::id)
                    .toList();
            asked.answer(
                            "describe log directories",
                            admin.describeLogDirs(brokers).allDescriptions())
                    .values()
                    .forEach(folders -> folders.values()
                            .forEach(folder -> folder.replicaInfos()
                                    .forEach((tp, replica) -> sizes.merge(tp, replica.size(), Math::max))));
        } catch (ClusterRefusal e) {
            remarks.add(e.getMessage() + "; how soon retention.bytes deletes is not known");
        }
        return sizes;
    }

    private Map<String, Limits> limits(Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return asked
                .answer(
                        "describe topic configurations",
                        admin.describeConfigs(resources).all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), entry -> Limits.of(entry.getValue())));
    }
}
