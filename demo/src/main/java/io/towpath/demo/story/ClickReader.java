package io.towpath.demo.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer group of the clicks, that comes and goes. It takes a position that is gone for a failure, and never begins
 * anew by itself: what it was given over all its stays tells whether a switch kept its place.
 */
final class ClickReader {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final String group;
    private final List<Sighting> seen = new ArrayList<>();

    ClickReader(String group) {
        this.group = group;
    }

    String group() {
        return group;
    }

    /** Everything it was ever given, in that order. */
    List<Sighting> seen() {
        return List.copyOf(seen);
    }

    /** For the first stay, when there is no position yet: from the beginning. */
    void begin(String bootstrapServers, int records) {
        read(bootstrapServers, records, "earliest");
    }

    /**
     * Reads so many records from where the group stands, commits, and leaves.
     *
     * @throws IllegalStateException when they do not come in time
     */
    void read(String bootstrapServers, int records) {
        read(bootstrapServers, records, "none");
    }

    private void read(String bootstrapServers, int records, String withoutPosition) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, withoutPosition);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(500, records));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Clicks.TOPIC));
            int left = records;
            long until = System.nanoTime() + LIMIT.toNanos();
            while (left > 0) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException(group + " waited " + LIMIT.toSeconds() + " s in vain for " + left
                            + " of " + records + " records");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    seen.add(Sighting.of(record));
                    left--;
                }
                consumer.commitSync();
            }
        }
    }
}
