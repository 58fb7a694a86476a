package io.towpath.migration.switchover;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Offsets per partition as they stand in the journal: {@code topic-partition} to a number. */
public final class Offsets {

    private Offsets() {}

    public static Map<String, Long> written(Map<TopicPartition, Long> offsets) {
        Map<String, Long> written = new TreeMap<>();
        offsets.forEach((tp, offset) -> written.put(tp.toString(), offset));
        return written;
    }

    /** {@code json}: what the journal gave back; numbers may be of any width. */
    public static Map<TopicPartition, Long> read(Object json) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, offset) -> offsets.put(partition(name.toString()), ((Number) offset).longValue()));
        }
        return offsets;
    }

    private static TopicPartition partition(String name) {
        int dash = name.lastIndexOf('-');
        return new TopicPartition(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
    }
}
