package io.towpath.bench.capture;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts the committed records of one contender's topics. */
final class Reader implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private long bytes;

    Reader(String bootstrapServers, String topics) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "group.id", "bench-" + topics,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "metadata.max.age.ms", "1000",
                        "max.poll.records", "20000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        // Towpath's heartbeats are messages in the databases' logs, which plain Debezium tells in a topic of their own
        consumer.subscribe(Pattern.compile(Pattern.quote(topics) + "(?!.*\\.message$).*"));
    }

    /**
     * Reads {@code count} further records.
     *
     * @return nanoseconds from the first to the last
     */
    long read(long count) {
        long begun = System.nanoTime();
        long first = 0;
        long seen = 0;
        while (seen < count) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            int more = records.count();
            records.forEach(record -> bytes += size(record));
            first = seen == 0 && more > 0 ? System.nanoTime() : first;
            seen += more;
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IllegalStateException(seen + " of " + count + " records within " + LONGEST);
            }
        }
        return System.nanoTime() - first;
    }

    /** Of all records so far: keys, values and headers. */
    long bytes() {
        return bytes;
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        long size = (long) record.serializedKeySize() + record.serializedValueSize();
        for (Header header : record.headers()) {
            size += header.key().length() + header.value().length;
        }
        return size;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
