package io.towpath.migration.plan.read;

import io.towpath.migration.plan.Answer;
import io.towpath.migration.plan.Asking;
import io.towpath.migration.plan.Capacity;
import io.towpath.migration.plan.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** What lies in the logs of some topics: how much, how new, how fast it grows. */
final class LogReader {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final Asking asking;
    private final List<TopicPartition> partitions;

    LogReader(Asking asking, Collection<Topic> topics) {
        this.asking = asking;
        this.partitions = new ArrayList<>();
        for (Topic topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.add(new TopicPartition(topic.name(), partition));
            }
        }
    }

    List<TopicPartition> partitions() {
        return List.copyOf(partitions);
    }

    /** Partitions that have none, or no leader, or no topic any more, are left out. */
    Map<TopicPartition, Long> offsets(Collection<TopicPartition> of, OffsetSpec which) {
        return found(of, which, ListOffsetsResultInfo::offset);
    }

    private Map<TopicPartition, Long> found(
            Collection<TopicPartition> of, OffsetSpec which, Function<ListOffsetsResultInfo, Long> what) {
        Map<TopicPartition, Long> found = new HashMap<>();
        var asked = asking.admin().listOffsets(of.stream().collect(Collectors.toMap(tp -> tp, tp -> which)));
        for (TopicPartition tp : of) {
            KafkaFuture<ListOffsetsResultInfo> one = asked.partitionResult(tp);
            KafkaFuture<Long> number = one.thenApply(what::apply);
            long value = asking.answer("list the offsets of " + tp, number);
            if (value >= 0) {
                found.put(tp, value);
            }
        }
        return found;
    }

    /** The newest timestamp per topic. */
    Answer<Map<String, Instant>> lastWrites() {
        return asking.<Map<TopicPartition, ListOffsetsResultInfo>>ask(
                        "list newest timestamps",
                        Map.of(),
                        () -> asking.admin()
                                .listOffsets(partitions.stream()
                                        .collect(Collectors.toMap(tp -> tp, tp -> OffsetSpec.maxTimestamp())))
                                .all())
                .map(newest -> {
                    Map<String, Instant> last = new HashMap<>();
                    newest.forEach((tp, info) -> {
                        if (info.timestamp() >= 0) {
                            last.merge(
                                    tp.topic(), Instant.ofEpochMilli(info.timestamp()), (a, b) -> a.isAfter(b) ? a : b);
                        }
                    });
                    return last;
                });
    }

    Capacity capacity(Clock clock) {
        long from = clock.instant().minus(WINDOW).toEpochMilli();
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Double> rates = new HashMap<>();
        offsets(partitions, OffsetSpec.forTimestamp(from))
                .forEach((tp, first) -> rates.put(tp, (double) (ends.get(tp) - first) / WINDOW.toSeconds()));
        return new Capacity(bytes(), rates);
    }

    private Answer<Map<TopicPartition, Long>> bytes() {
        List<Integer> brokers = asking
                .answer("describe the cluster", asking.admin().describeCluster().nodes())
                .stream()
                .map(Node::id)
                .toList();
        return asking.<Map<Integer, Map<String, LogDirDescription>>>ask(
                        "describe log directories",
                        Map.of(),
                        () -> asking.admin().describeLogDirs(brokers).allDescriptions())
                .map(this::largestReplica);
    }

    private Map<TopicPartition, Long> largestReplica(Map<Integer, Map<String, LogDirDescription>> brokers) {
        Map<TopicPartition, Long> bytes = new HashMap<>();
        brokers.values()
                .forEach(folders -> folders.values()
                        .forEach(folder -> folder.replicaInfos()
                                .forEach((tp, replica) -> bytes.merge(tp, replica.size(), Math::max))));
        bytes.keySet().retainAll(partitions);
        return bytes;
    }
}
