package io.towpath.migration.flow;

import io.towpath.migration.config.Asked;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.ClusterRefusal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What a cluster may delete of a flow's partitions by {@code retention.ms} and {@code retention.bytes}, now and later. The
 * broker deletes whole segments, the oldest first, and by time only when the youngest record of one is old enough: that is
 * at the earliest what its time index says. By size it is an estimate, from the bytes that an offset takes.
 */
final class Retention implements Fronts {

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Asked asked;
    private final Admin admin;
    private final LogSizes sizes;
    private final Duration wished;

    /** {@code wished}: the time that is looked ahead in steps, and then in doubled ones. */
    Retention(Cluster cluster, Duration wished) {
        this.asked = new Asked(cluster);
        this.admin = Admin.create(cluster.properties());
        this.sizes = new LogSizes(cluster, admin);
        this.wished = wished;
    }

    @Override
    public Seen of(Look before, Look now) {
        Map<TopicPartition, Look.Partition> left = now.partitions().entrySet().stream()
                .filter(entry -> entry.getValue().left() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<String, KeptFor> kept =
                kept(left.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()), now);
        Seen seen = new Seen();
        Map<TopicPartition, NavigableMap<Long, Double>> offsets = byTime(now, left, kept, seen);
        Map<TopicPartition, Duration> least = new HashMap<>();
        if (kept.values().stream().anyMatch(limit -> limit.bytes().isPresent())) {
            bySize(before, now, kept, offsets, least, seen);
        }
        offsets.forEach((tp, points) -> seen.fronts()
                .put(tp, new Front(least.getOrDefault(tp, kept.get(tp.topic()).least(wished)), points)));
        return seen;
    }

    /**
     * The farthest time is asked first: a partition of which even then nothing uncopied may go is asked no more, and is in no
     * danger. That is one question for each of a flow that gets on.
     */
    private Map<TopicPartition, NavigableMap<Long, Double>> byTime(
            Look now, Map<TopicPartition, Look.Partition> left, Map<String, KeptFor> kept, Seen seen) {
        Map<TopicPartition, NavigableMap<Long, Double>> offsets = new HashMap<>();
        Set<TopicPartition> asking = left.keySet().stream()
                .filter(tp -> kept.get(tp.topic()).millis().isPresent())
                .collect(Collectors.toSet());
        for (int back = 0; back < KeptFor.STEPS && !asking.isEmpty(); back++) {
            int step = KeptFor.STEPS - 1 - back;
            Map<TopicPartition, Long> ahead = new HashMap<>();
            asking.forEach(tp -> ahead.put(tp, kept.get(tp.topic()).step(step, wished)));
            Map<TopicPartition, OffsetSpec> questions = new HashMap<>();
            ahead.forEach((tp, millis) -> questions.put(
                    tp, OffsetSpec.forTimestamp(kept.get(tp.topic()).oldest(now.at()) + millis)));
            answers(questions, seen)
                    .forEach((tp, offset) -> offsets.computeIfAbsent(tp, any -> new TreeMap<>())
                            .put(ahead.get(tp), (double)
                                    (offset < 0 ? left.get(tp).end() : offset)));
            asking.removeIf(tp -> !offsets.containsKey(tp)
                    || offsets.get(tp).lastEntry().getValue() <= left.get(tp).next());
        }
        offsets.keySet().removeIf(tp -> !asking.contains(tp) || seen.unknown().containsKey(tp));
        return offsets;
    }

    private Map<TopicPartition, Long> answers(Map<TopicPartition, OffsetSpec> questions, Seen seen) {
        Map<TopicPartition, Long> answers = new HashMap<>();
        ListOffsetsResult result = admin.listOffsets(questions);
        for (TopicPartition tp : questions.keySet()) {
            try {
                KafkaFuture<Long> offset = result.partitionResult(tp).thenApply(ListOffsetsResultInfo::offset);
                answers.put(tp, asked.answer("list the offsets of " + tp + " by time", offset));
            } catch (ClusterRefusal e) {
                seen.unknown(tp, e.getMessage());
            }
        }
        return answers;
    }

    /** A log is cut until what is left is about {@code retention.bytes}. */
    private void bySize(
            Look before,
            Look now,
            Map<String, KeptFor> kept,
            Map<TopicPartition, NavigableMap<Long, Double>> offsets,
            Map<TopicPartition, Duration> least,
            Seen seen) {
        double millis = Math.max(1, Duration.between(before.at(), now.at()).toMillis());
        Map<TopicPartition, Double> weights = sizes.perOffset(now, seen);
        now.partitions().forEach((tp, partition) -> {
            Optional<Long> limit = Optional.ofNullable(kept.get(tp.topic())).flatMap(KeptFor::bytes);
            if (limit.isEmpty() || partition.left() == 0 || !weights.containsKey(tp)) {
                return;
            }
            KeptFor times = kept.get(tp.topic());
            double held = limit.get() / weights.get(tp);
            double growth = (partition.end()
                            - before.partitions().getOrDefault(tp, partition).end())
                    / millis;
            least.put(tp, shorter(times.least(wished), growth <= 0 ? Double.MAX_VALUE : held / growth / 2));
            NavigableMap<Long, Double> points = offsets.computeIfAbsent(tp, any -> new TreeMap<>());
            for (int i = 0; i < KeptFor.STEPS; i++) {
                long step = times.step(i, wished);
                points.merge(step, partition.end() + growth * step - held, Math::max);
            }
        });
    }

    private static Duration shorter(Duration one, double millis) {
        return one.toMillis() <= millis ? one : Duration.ofMillis((long) millis);
    }

    private Map<String, KeptFor> kept(Collection<String> topics, Look now) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return asked
                .answer(
                        "describe topic configurations",
                        admin.describeConfigs(resources).all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().name(), entry -> KeptFor.of(entry.getValue(), now.at())));
    }

    @Override
    public void close() {
        admin.close(CLOSING);
    }
}
