package io.towpath.capture;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** As {@link ActivityTopic}, for more activities than would fit into memory: how many, and whether any came twice. */
final class ActivityCount implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern OBJECT = Pattern.compile("\"object\":\\{[^}]*\"id\":\"([0-9]+)\"");

    private final KafkaConsumer<String, String> consumer;
    private final Set<UUID> ids = new HashSet<>();
    private final BitSet objects = new BitSet();
    private int records;

    ActivityCount(String topic) {
        this(CaptureStack.kafka().bootstrapServers(), topic);
    }

    ActivityCount(String bootstrapServers, String topic) {
        consumer = ActivityTopic.reader(bootstrapServers, topic);
    }

    /** How many records there are, after one short look. */
    int look() {
        consumer.poll(Duration.ofMillis(20)).forEach(this::add);
        return records;
    }

    /** How many records there are, after looks until there are no more. */
    int records() {
        for (int before = -1; before < records; ) {
            before = records;
            consumer.poll(Duration.ofMillis(500)).forEach(this::add);
        }
        return records;
    }

    int distinctIds() {
        return ids.size();
    }

    boolean has(int object) {
        return objects.get(object);
    }

    /** How many of the objects {@code from} to {@code to} have not come. */
    int missing(int from, int to) {
        return to - from + 1 - objects.get(from, to + 1).cardinality();
    }

    int distinctObjects() {
        return objects.cardinality();
    }

    private void add(ConsumerRecord<String, String> record) {
        records++;
        ids.add(UUID.fromString(first(ID, record.value())));
        objects.set(Integer.parseInt(first(OBJECT, record.value())));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in a record");
        }
        return matcher.group(1);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
