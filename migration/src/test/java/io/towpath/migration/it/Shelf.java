package io.towpath.migration.it;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The committed records of one partition: their offsets, and a hash of each. Reads by itself, not by our own proof. */
final class Shelf {

    static final int END = 0;

    private long[] offsets = new long[1024];
    private int[] hashes = new int[1024];
    private int size;

    static Shelf of(String bootstrapServers, TopicPartition partition) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("isolation.level", "read_committed");
        properties.put("max.poll.records", 5000);
        Shelf shelf = new Shelf();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(shelf::add);
            }
        }
        return shelf;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        offsets[size] = record.offset();
        hashes[size++] = hash(record);
    }

    /** Tells records apart; never {@link #END}. */
    static int hash(ConsumerRecord<byte[], byte[]> record) {
        return (31 * (31 * Long.hashCode(record.timestamp()) + Arrays.hashCode(record.key()))
                        + Arrays.hashCode(record.value()))
                | 1;
    }

    int size() {
        return size;
    }

    /** The position of a group that has {@code lag} records to go. */
    long positionWithLag(int lag) {
        return lag == 0 ? offsets[size - 1] + 1 : offsets[Math.max(0, size - lag)];
    }

    /** The hash of the first record at or after a position; {@link #END} for none. */
    int next(long position) {
        int at = index(position);
        return at == size ? END : hashes[at];
    }

    /** As {@link #next}, of those that the other side holds too: compaction may have taken some there. */
    int firstAlsoOn(Shelf other, long position) {
        Set<Integer> there = new HashSet<>();
        for (int i = 0; i < other.size; i++) {
            there.add(other.hashes[i]);
        }
        int at = index(position);
        while (at < size && !there.contains(hashes[at])) {
            at++;
        }
        return at == size ? END : hashes[at];
    }

    /** Records at or after a position. */
    int from(long position) {
        return size - index(position);
    }

    /** The hash of the last record; {@link #END} when there is none. */
    int last() {
        return size == 0 ? END : hashes[size - 1];
    }

    boolean holds(int hash) {
        return count(hash) > 0;
    }

    /** Records from the one of that hash on; 0 when there is none. */
    int count(int hash) {
        int at = 0;
        while (at < size && hashes[at] != hash) {
            at++;
        }
        return size - at;
    }

    private int index(long position) {
        int at = Arrays.binarySearch(offsets, 0, size, position);
        return at < 0 ? -at - 1 : at;
    }
}
