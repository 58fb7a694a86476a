package io.towpath.migration.plan.read;

import io.towpath.migration.plan.Asking;
import io.towpath.migration.plan.GroupUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberAssignment.TaskIds;
import org.apache.kafka.clients.admin.StreamsGroupSubtopologyDescription;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** All groups of a cluster that read topics, in a few requests however many there are. */
final class GroupReader {

    /** Groups of Connect workers and schema registries use the same protocol and read nothing. */
    private static final Set<String> READING = Set.of("consumer", "", "share", "streams");

    private final Asking asking;

    GroupReader(Asking asking) {
        this.asking = asking;
    }

    /** A group before its positions are known. */
    private record Seen(String type, String state, List<String> members, Set<String> topics) {}

    List<GroupUse> groups() {
        Map<GroupType, List<String>> names =
                asking
                        .answer(
                                "list groups",
                                asking.admin()
                                        .listGroups(new ListGroupsOptions())
                                        .all())
                        .stream()
                        .filter(listing -> READING.contains(listing.protocol()))
                        .collect(Collectors.groupingBy(
                                listing -> listing.type().orElse(GroupType.CLASSIC),
                                Collectors.mapping(GroupListing::groupId, Collectors.toList())));
        List<String> consumers = Stream.of(GroupType.CLASSIC, GroupType.CONSUMER, GroupType.UNKNOWN)
                .flatMap(type -> names.getOrDefault(type, List.of()).stream())
                .toList();
        List<String> share = names.getOrDefault(GroupType.SHARE, List.of());
        List<String> streams = names.getOrDefault(GroupType.STREAMS, List.of());
        Map<String, Seen> seen = new HashMap<>();
        each(asking.admin().describeConsumerGroups(consumers).describedGroups(), (n, g) -> seen.put(n, seen(g)));
        each(asking.admin().describeShareGroups(share).describedGroups(), (n, g) -> seen.put(n, seen(g)));
        each(asking.admin().describeStreamsGroups(streams).describedGroups(), (n, g) -> seen.put(n, seen(g)));
        return withLag(seen, new LagReader(asking).lags(consumers, streams, share));
    }

    private <T> void each(Map<String, KafkaFuture<T>> futures, java.util.function.BiConsumer<String, T> take) {
        futures.forEach((name, future) -> take.accept(name, asking.answer("describe group " + name, future)));
    }

    private static Seen seen(ConsumerGroupDescription group) {
        Set<String> topics = new HashSet<>();
        List<String> members = new ArrayList<>();
        group.members().forEach(member -> {
            members.add(member.clientId() + " at " + member.host());
            topics.addAll(topicsOf(member.assignment().topicPartitions()));
        });
        return new Seen(words(group.type()), words(group.groupState()), members, topics);
    }

    private static Seen seen(ShareGroupDescription group) {
        Set<String> topics = new HashSet<>();
        List<String> members = new ArrayList<>();
        group.members().forEach(member -> {
            members.add(member.clientId() + " at " + member.host());
            topics.addAll(topicsOf(member.assignment().topicPartitions()));
        });
        return new Seen("share", words(group.groupState()), members, topics);
    }

    /** Tasks name subtopologies, and those the topics. */
    private static Seen seen(StreamsGroupDescription group) {
        Map<String, Collection<String>> reads = group.subtopologies().stream()
                .collect(Collectors.toMap(
                        StreamsGroupSubtopologyDescription::subtopologyId,
                        StreamsGroupSubtopologyDescription::sourceTopics));
        Set<String> topics = new HashSet<>();
        List<String> members = new ArrayList<>();
        group.members().forEach(member -> {
            members.add(member.clientId() + " at " + member.clientHost());
            for (TaskIds task : member.assignment().activeTasks()) {
                topics.addAll(reads.getOrDefault(task.subtopologyId(), List.of()));
            }
        });
        return new Seen("streams", words(group.groupState()), members, topics);
    }

    private static Set<String> topicsOf(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }

    private static List<GroupUse> withLag(Map<String, Seen> seen, Map<String, Map<TopicPartition, Long>> lags) {
        return seen.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> {
                    Seen group = entry.getValue();
                    return new GroupUse(
                            entry.getKey(),
                            group.type(),
                            group.state(),
                            group.members(),
                            lags.getOrDefault(entry.getKey(), Map.of()),
                            group.topics());
                })
                .toList();
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
