package io.towpath.migration.proof;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The leader epochs in which both sides were read last, per partition: a log that was cut and has grown again since has
 * another epoch there, though its end tells nothing (KIP-320).
 */
public record Epochs(Map<TopicPartition, Integer> source, Map<TopicPartition, Integer> target) {

    public static final Epochs NONE = new Epochs(Map.of(), Map.of());

    public Epochs {
        source = Map.copyOf(source);
        target = Map.copyOf(target);
    }

    Epochs reversed() {
        return new Epochs(target, source);
    }
}
