package io.towpath.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a {@code read_committed} reader sees of one topic, from its beginning. */
final class ActivityTopic implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, String> consumer;
    private final List<Seen> seen = new ArrayList<>();

    record Seen(String key, JsonNode value, Map<String, String> headers) {
        String type() {
            return value.path("type").asText();
        }

        String object() {
            return value.path("object").path("id").asText();
        }

        String id() {
            return value.path("id").asText();
        }
    }

    ActivityTopic(String topic) {
        consumer = reader(CaptureStack.kafka().bootstrapServers(), topic);
    }

    /** A {@code read_committed} reader of the one partition of {@code topic}, at its beginning. */
    static KafkaConsumer<String, String> reader(String bootstrapServers, String topic) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        KafkaConsumer<String, String> reader =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        reader.assign(List.of(new TopicPartition(topic, 0)));
        return reader;
    }

    /** Everything seen so far, after one more look. */
    List<Seen> read() {
        for (int before = -1; before < seen.size(); ) {
            before = seen.size();
            consumer.poll(Duration.ofMillis(200)).forEach(this::add);
        }
        return seen;
    }

    private void add(ConsumerRecord<String, String> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        seen.add(new Seen(record.key(), json(record.value()), headers));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
