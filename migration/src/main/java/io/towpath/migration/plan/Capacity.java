package io.towpath.migration.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * How much there is to copy, and how much comes on top of it.
 *
 * @param bytes on disk per partition, of one replica
 * @param perSecond offsets a second, per partition, over the last hour by the records' own timestamps
 */
public record Capacity(Answer<Map<TopicPartition, Long>> bytes, Map<TopicPartition, Double> perSecond) {

    private static final double HOT = 2;

    public Capacity {
        perSecond = Map.copyOf(perSecond);
    }

    /** {@code hot}: partitions that take more than twice the topic's mean, as {@code 3 (61 %)}. */
    public record OfTopic(String topic, long bytes, double perSecond, List<String> hot) {}

    public List<OfTopic> topics() {
        TreeSet<String> names = new TreeSet<>();
        bytes.value().keySet().forEach(partition -> names.add(partition.topic()));
        perSecond.keySet().forEach(partition -> names.add(partition.topic()));
        return names.stream()
                .map(name -> new OfTopic(name, (long) sum(bytes.value(), name), sum(perSecond, name), hot(name)))
                .toList();
    }

    public long totalBytes() {
        return bytes.value().values().stream().mapToLong(Long::longValue).sum();
    }

    /** At {@code bytesPerSecond}, not counting what is written meanwhile; empty when the bytes are not known. */
    public Optional<Duration> timeToCopy(double bytesPerSecond) {
        return bytes.known()
                ? Optional.of(Duration.ofSeconds((long) (totalBytes() / bytesPerSecond)))
                : Optional.empty();
    }

    private List<String> hot(String topic) {
        Map<Integer, Double> rates = new TreeMap<>();
        perSecond.forEach((partition, rate) -> {
            if (partition.topic().equals(topic)) {
                rates.put(partition.partition(), rate);
            }
        });
        double total = sum(rates.values());
        List<String> hot = new ArrayList<>();
        rates.forEach((partition, rate) -> {
            if (rate >= 1 && rate * rates.size() > HOT * total) {
                hot.add(partition + " (" + Math.round(100 * rate / total) + " %)");
            }
        });
        return hot;
    }

    private static double sum(Map<TopicPartition, ? extends Number> values, String topic) {
        return sum(values.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .map(Map.Entry::getValue)
                .toList());
    }

    private static double sum(Collection<? extends Number> values) {
        return values.stream().mapToDouble(Number::doubleValue).sum();
    }
}
