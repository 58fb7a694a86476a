package io.towpath.migration.lag;

import io.towpath.migration.config.Asked;
import io.towpath.migration.config.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Looks at the consumer groups of one cluster, three requests for all of them. Share and streams groups are left out. */
public final class LagAdmin implements AutoCloseable {

    private final Asked asked;
    private final Admin admin;

    public LagAdmin(Cluster cluster) {
        this.asked = new Asked(cluster);
        this.admin = Admin.create(cluster.properties());
    }

    /** Consumer groups, classic and new protocol, by name. */
    public List<String> groups() {
        return asked
                .answer(
                        "list groups",
                        admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .stream()
                .map(GroupListing::groupId)
                .sorted()
                .toList();
    }

    /** Every partition on which one of the groups has committed. */
    public Map<Place, Look> look(Collection<String> groups) {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed(groups);
        Set<Place> owned = owned(groups);
        Set<TopicPartition> partitions = new HashSet<>();
        committed.values().forEach(offsets -> partitions.addAll(offsets.keySet()));
        Map<TopicPartition, Long> ends = ends(partitions);
        Map<Place, Look> looks = new HashMap<>();
        committed.forEach((group, offsets) -> offsets.forEach((partition, offset) -> {
            Place place = new Place(group, partition);
            if (offset != null && ends.containsKey(partition)) {
                looks.put(place, new Look(offset.offset(), ends.get(partition), owned.contains(place)));
            }
        }));
        return looks;
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(Collection<String> groups) {
        Map<String, ListConsumerGroupOffsetsSpec> all = groups.stream()
                .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        return asked.answer(
                "list the groups' offsets", admin.listConsumerGroupOffsets(all).all());
    }

    private Set<Place> owned(Collection<String> groups) {
        Set<Place> owned = new HashSet<>();
        for (ConsumerGroupDescription group : asked.answer(
                        "describe the groups",
                        admin.describeConsumerGroups(groups).all())
                .values()) {
            group.members()
                    .forEach(member -> member.assignment()
                            .topicPartitions()
                            .forEach(partition -> owned.add(new Place(group.groupId(), partition))));
        }
        return owned;
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(Function.identity(), tp -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        asked.answer(
                        "list offsets",
                        admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
