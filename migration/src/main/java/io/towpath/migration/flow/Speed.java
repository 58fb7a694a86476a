package io.towpath.migration.flow;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How fast each topic is copied between two looks, and how long the rest will take. */
public record Speed(Look then, Look now) {

    /** {@code left}: offsets to go. {@code perSecond}: offsets copied a second. */
    public record OfTopic(long left, double perSecond) {}

    public Map<String, OfTopic> topics() {
        Map<String, Long> left = new TreeMap<>();
        Map<String, Long> copied = new TreeMap<>();
        now.partitions().forEach((tp, partition) -> {
            Look.Partition before = then.partitions().getOrDefault(tp, partition);
            copied.merge(tp.topic(), Math.max(0, partition.next() - before.next()), Long::sum);
            left.merge(tp.topic(), partition.left(), Long::sum);
        });
        double seconds = Math.max(0.001, Duration.between(then.at(), now.at()).toMillis() / 1000.0);
        Map<String, OfTopic> topics = new TreeMap<>();
        left.forEach((topic, number) -> topics.put(topic, new OfTopic(number, copied.get(topic) / seconds)));
        return topics;
    }

    /** One line per topic that has something left or moved: name, offsets left, offsets per second, time left. */
    public List<String> lines() {
        return topics().entrySet().stream()
                .filter(topic -> topic.getValue().left() > 0 || topic.getValue().perSecond() > 0)
                .map(topic -> line(topic.getKey(), topic.getValue()))
                .toList();
    }

    private static String line(String topic, OfTopic of) {
        String left = of.left() == 0
                ? "copied"
                : of.perSecond() < 1
                        ? "standing still"
                        : String.format(Locale.ROOT, "%.0f s left", of.left() / of.perSecond());
        return String.format(Locale.ROOT, "%s: %,d offsets to go, %,.0f/s, %s", topic, of.left(), of.perSecond(), left);
    }
}
