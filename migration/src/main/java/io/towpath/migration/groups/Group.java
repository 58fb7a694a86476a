package io.towpath.migration.groups;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A group as a cluster knows it.
 *
 * @param active whether it has members now
 * @param positions per partition, the next record to read
 */
public record Group(String name, Kind kind, boolean active, Map<TopicPartition, Position> positions) {

    /** CONSUMER covers the classic and the new protocol. */
    public enum Kind {
        CONSUMER,
        STREAMS,
        SHARE
    }

    /**
     * One position.
     *
     * @param offset the next record to read; for a share group the start of its window
     * @param metadata what the consumer committed with it
     * @param ahead records beyond {@code offset} that are read already: share groups acknowledge out of order
     */
    public record Position(long offset, String metadata, long ahead) {}

    public Group {
        positions = Map.copyOf(positions);
    }

    /**
     * Whether it is a Kafka Streams application: by its kind, or under the classic protocol by the internal topics that
     * begin with its name.
     */
    public boolean isStreams(Collection<String> topics) {
        return kind == Kind.STREAMS
                || (kind == Kind.CONSUMER
                        && topics.stream()
                                .anyMatch(topic -> topic.startsWith(name + "-")
                                        && (topic.endsWith("-changelog") || topic.endsWith("-repartition"))));
    }
}
