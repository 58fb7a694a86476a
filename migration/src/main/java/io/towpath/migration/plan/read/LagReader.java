package io.towpath.migration.plan.read;

import io.towpath.migration.plan.Asking;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far behind groups are, in one request per kind of group however many there are. */
final class LagReader {

    private final Asking asking;

    LagReader(Asking asking) {
        this.asking = asking;
    }

    /** Offsets behind the end, by group and partition; only those of which a group has a position. */
    Map<String, Map<TopicPartition, Long>> lags(
            Collection<String> consumers, Collection<String> streams, Collection<String> share) {
        Map<String, Map<TopicPartition, Long>> positions = new HashMap<>();
        if (!consumers.isEmpty()) {
            take(
                    asking.answer(
                            "list the positions of groups",
                            asking.admin()
                                    .listConsumerGroupOffsets(specs(consumers, new ListConsumerGroupOffsetsSpec()))
                                    .all()),
                    positions);
        }
        if (!streams.isEmpty()) {
            take(
                    asking.answer(
                            "list the positions of streams groups",
                            asking.admin()
                                    .listStreamsGroupOffsets(specs(streams, new ListStreamsGroupOffsetsSpec()))
                                    .all()),
                    positions);
        }
        Map<String, Map<TopicPartition, SharePartitionOffsetInfo>> starts = share.isEmpty()
                ? Map.of()
                : asking.answer(
                        "list the positions of share groups",
                        asking.admin()
                                .listShareGroupOffsets(specs(share, new ListShareGroupOffsetsSpec()))
                                .all());
        return lags(positions, starts);
    }

    private static void take(
            Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets,
            Map<String, Map<TopicPartition, Long>> positions) {
        offsets.forEach((group, of) -> of.forEach((tp, offset) -> {
            if (offset != null) {
                positions.computeIfAbsent(group, name -> new HashMap<>()).put(tp, offset.offset());
            }
        }));
    }

    private Map<String, Map<TopicPartition, Long>> lags(
            Map<String, Map<TopicPartition, Long>> positions,
            Map<String, Map<TopicPartition, SharePartitionOffsetInfo>> starts) {
        Set<TopicPartition> partitions = new HashSet<>();
        positions.values().forEach(of -> partitions.addAll(of.keySet()));
        starts.values().forEach(of -> partitions.addAll(of.keySet()));
        Map<TopicPartition, Long> ends = new LogReader(asking, List.of()).offsets(partitions, OffsetSpec.latest());
        Map<String, Map<TopicPartition, Long>> lags = new HashMap<>();
        positions.forEach((group, of) -> {
            Map<TopicPartition, Long> behind = new HashMap<>();
            of.forEach((tp, at) -> behind.put(tp, Math.max(0, ends.getOrDefault(tp, at) - at)));
            lags.put(group, behind);
        });
        starts.forEach((group, of) -> {
            Map<TopicPartition, Long> behind = new HashMap<>();
            of.forEach((tp, start) -> {
                if (start != null && start.startOffset() >= 0) { // below zero: nobody has read there yet
                    behind.put(tp, behind(start, ends.getOrDefault(tp, start.startOffset())));
                }
            });
            lags.put(group, behind);
        });
        return lags;
    }

    /** Brokers that know it do not count what was acknowledged beyond the start (KIP-1226). */
    private static long behind(SharePartitionOffsetInfo start, long end) {
        return start.lag().orElse(Math.max(0, end - start.startOffset()));
    }

    private static <S> Map<String, S> specs(Collection<String> groups, S spec) {
        return groups.stream().collect(Collectors.toMap(group -> group, group -> spec));
    }
}
