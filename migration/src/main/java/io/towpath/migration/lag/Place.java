package io.towpath.migration.lag;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/** A partition as one group reads it. */
public record Place(String group, TopicPartition partition) implements Comparable<Place> {

    private static final Comparator<Place> ORDER = Comparator.comparing(Place::group)
            .thenComparing(place -> place.partition().topic())
            .thenComparing(place -> place.partition().partition());

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
