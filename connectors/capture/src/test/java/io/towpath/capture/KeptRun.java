package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What runs of this build have stored in Kafka, kept in {@code src/test/resources/kept} for the next ones to read: a value
 * of a record in each line, as it lies there. {@code -Dupdate} writes a file that is not there yet; one that is, is never
 * changed.
 */
final class KeptRun {

    private static final Path FOLDER =
            Path.of(System.getProperty("towpath.home"), "connectors/capture/src/test/resources/kept");
    private static final int OF_A_KIND = 2;

    private KeptRun() {}

    /** The source offsets of {@code connector}, two of those with the same fields, as {@code source-offset-1.KIND.txt}. */
    static void keepOffsets(String connector, String kind) throws IOException {
        List<String> offsets = values("connect-offsets", key -> key.startsWith("[\"" + connector + "\","));
        assertThat(offsets).as("offsets of " + connector).isNotEmpty();
        keep(
                "source-offset-" + ActivityTopic.json(offsets.get(0)).path("format") + "." + kind + ".txt",
                offsets,
                offset -> String.join(
                        ",", (Iterable<String>) () -> ActivityTopic.json(offset).fieldNames()));
    }

    /** Records of a consent topic: of histories that are whole, and of those whose beginning was forgotten. */
    static void keepConsent(String topic, int format) throws IOException {
        keep("consent-" + format + ".run.txt", values(topic, key -> true), text -> {
            byte[] said = Base64.getUrlDecoder().decode(text.split(":", -1)[1]);
            return Boolean.toString(new String(said, StandardCharsets.UTF_8).contains("FORGOTTEN"));
        });
    }

    private static void keep(String name, List<String> values, Function<String, String> kind) throws IOException {
        Path file = FOLDER.resolve(name);
        if ("true".equals(System.getProperty("update")) && !Files.exists(file)) {
            Map<String, List<String>> kinds = new TreeMap<>();
            values.forEach(value -> {
                List<String> same = kinds.computeIfAbsent(kind.apply(value), k -> new ArrayList<>());
                if (same.size() < OF_A_KIND && !same.contains(value)) {
                    same.add(value);
                }
            });
            List<String> lines = kinds.values().stream().flatMap(List::stream).toList();
            Files.createDirectories(FOLDER);
            Files.write(file, lines);
        }
        assertThat(file)
                .as("what a run of this format's first build has stored")
                .exists();
    }

    /** Tombstones are nothing. */
    private static List<String> values(String topic, Predicate<String> wanted) {
        List<String> values = new ArrayList<>();
        Map<String, Object> config = Map.of(
                "bootstrap.servers", CaptureStack.kafka().bootstrapServers(), "isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() != null && wanted.test(record.key())) {
                        values.add(record.value());
                    }
                }
            }
        }
        return values;
    }
}
