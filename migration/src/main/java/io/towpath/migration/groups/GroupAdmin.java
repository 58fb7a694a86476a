package io.towpath.migration.groups;

import io.towpath.migration.BadInput;
import io.towpath.migration.Interrupted;
import io.towpath.migration.Patience;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.groups.Group.Position;
import io.towpath.migration.groups.Translated.Exact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Groups of one cluster, read and set. */
public final class GroupAdmin implements AutoCloseable {

    private final Cluster cluster;
    private final Admin admin;
    private final StablePositions stable;

    public GroupAdmin(Cluster cluster) {
        this.cluster = cluster;
        this.admin = Admin.create(cluster.properties());
        Object limit = cluster.properties().getOrDefault(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "60000");
        this.stable =
                new StablePositions(cluster.alias(), Patience.of(Duration.ofMillis(Long.parseLong(limit.toString()))));
    }

    /**
     * The groups of those names, with their positions.
     *
     * @throws BadInput when one does not exist
     */
    public List<Group> groups(Collection<String> names) {
        Map<String, GroupListing> listed = listed();
        List<Group> groups = new ArrayList<>();
        for (String name : names) {
            GroupListing listing = listed.get(name);
            if (listing == null) {
                throw new BadInput("groups: " + name + " given; wanted: a group that " + cluster.alias() + " has");
            }
            Group.Kind kind = kind(listing);
            groups.add(new Group(name, kind, active(listing), positions(name, kind)));
        }
        return groups;
    }

    /** Those of {@code names} that exist. */
    public Set<String> present(Collection<String> names) {
        Set<String> present = new HashSet<>(names);
        present.retainAll(listed().keySet());
        return present;
    }

    /** Those of {@code names} that exist, with their positions. */
    public List<Group> known(Collection<String> names) {
        return groups(present(names));
    }

    /** Those of {@code names} that have members now. */
    public Set<String> active(Collection<String> names) {
        Map<String, GroupListing> listed = listed();
        return names.stream()
                .filter(name -> listed.containsKey(name) && active(listed.get(name)))
                .collect(Collectors.toSet());
    }

    /** The names of all topics. */
    public Set<String> topics() {
        return answer("list topics", admin.listTopics().names());
    }

    private Map<String, GroupListing> listed() {
        return answer("list groups", admin.listGroups(new ListGroupsOptions()).all()).stream()
                .collect(Collectors.toMap(GroupListing::groupId, listing -> listing));
    }

    private static boolean active(GroupListing listing) {
        return listing.groupState()
                .filter(state -> state != GroupState.EMPTY && state != GroupState.DEAD)
                .isPresent();
    }

    private static Group.Kind kind(GroupListing listing) {
        GroupType type = listing.type().orElse(GroupType.CLASSIC);
        return type == GroupType.SHARE
                ? Group.Kind.SHARE
                : type == GroupType.STREAMS ? Group.Kind.STREAMS : Group.Kind.CONSUMER;
    }

    private Map<TopicPartition, Position> positions(String group, Group.Kind kind) {
        String asked = "list the offsets of " + group;
        return switch (kind) {
            case CONSUMER ->
                committed(stable.of(
                        group,
                        only -> answer(
                                asked,
                                admin.listConsumerGroupOffsets(
                                                group, new ListConsumerGroupOffsetsOptions().requireStable(only))
                                        .partitionsToOffsetAndMetadata())));
            case STREAMS ->
                committed(stable.of(
                        group,
                        only -> answer(
                                asked,
                                admin.listStreamsGroupOffsets(
                                                Map.of(group, new ListStreamsGroupOffsetsSpec()),
                                                new ListStreamsGroupOffsetsOptions().requireStable(only))
                                        .partitionsToOffsetAndMetadata(group))));
            case SHARE -> shared(group);
        };
    }

    private static Map<TopicPartition, Position> committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, Position> positions = new HashMap<>();
        offsets.forEach((tp, offset) -> {
            if (offset != null) {
                positions.put(tp, new Position(offset.offset(), offset.metadata(), 0));
            }
        });
        return positions;
    }

    private Map<TopicPartition, Position> shared(String group) {
        return new ShareWindows(() -> windows(group), this::ends)
                .positions()
                .orElseThrow(() -> new GroupFailure(
                        cluster.alias() + " has writers on the topics of share group " + group
                                + ": its lag counts from an"
                                + " end that moves, so what it has acknowledged cannot be told; stop them first",
                        null));
    }

    private Map<TopicPartition, SharePartitionOffsetInfo> windows(String group) {
        Map<TopicPartition, SharePartitionOffsetInfo> windows = new HashMap<>(answer(
                "list the offsets of share group " + group,
                admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(group)));
        windows.values().removeIf(window -> window == null);
        return windows;
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(tp -> tp, tp -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer("list offsets", admin.listOffsets(wanted).all()).forEach((tp, end) -> ends.put(tp, end.offset()));
        return ends;
    }

    /** Sets all positions of one group, and reads them back. */
    public void set(String group, List<Exact> positions) {
        Group.Kind kind = positions.get(0).kind();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (Exact position : positions) {
            offsets.put(position.partition(), new OffsetAndMetadata(position.target(), position.metadata()));
            starts.put(position.partition(), position.target());
        }
        answer(
                "set the offsets of " + group,
                switch (kind) {
                    case CONSUMER ->
                        admin.alterConsumerGroupOffsets(group, offsets).all();
                    case STREAMS ->
                        admin.alterStreamsGroupOffsets(group, offsets).all();
                    case SHARE -> admin.alterShareGroupOffsets(group, starts).all();
                });
        Map<TopicPartition, Position> present = positions(group, kind == Group.Kind.SHARE ? kind : Group.Kind.CONSUMER);
        for (Exact position : positions) {
            Position set = present.get(position.partition());
            if (set == null || set.offset() != position.target()) {
                throw new GroupFailure(
                        cluster.alias() + " did not keep " + position + " but "
                                + (set == null ? "nothing" : set.offset()),
                        null);
            }
        }
    }

    private <T> T answer(String asked, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new GroupFailure(
                    cluster.alias() + " refused to " + asked + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            throw new Interrupted(asked + " on " + cluster.alias(), e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
