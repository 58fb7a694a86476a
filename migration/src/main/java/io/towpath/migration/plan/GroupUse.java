package io.towpath.migration.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * A group of the source.
 *
 * @param type classic, consumer, share or streams
 * @param state as Kafka names it, STABLE or EMPTY mostly
 * @param members {@code client id at host}, one per member
 * @param lag offsets behind the end, per partition of which the group has a position
 * @param assigned topics that members are reading now, with or without a position
 */
public record GroupUse(
        String name,
        String type,
        String state,
        List<String> members,
        Map<TopicPartition, Long> lag,
        Set<String> assigned) {

    public GroupUse {
        members = List.copyOf(members);
        lag = Map.copyOf(lag);
        assigned = Set.copyOf(assigned);
    }

    public boolean active() {
        return !members.isEmpty();
    }

    public Set<String> topics() {
        Set<String> topics = new TreeSet<>(assigned);
        lag.keySet().forEach(partition -> topics.add(partition.topic()));
        return topics;
    }

    public long totalLag() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }
}
