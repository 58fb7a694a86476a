package io.towpath.migration.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** How fast each topic is copied between two looks, and how long the rest will take. */
public record Speed(Look then, Look now) {

    private static final class Sum {
        private long copied;
        private long left;
    }

    /** One line per topic that has something left or moved: name, offsets left, offsets per second, time left. */
    public List<String> lines() {
        TreeMap<String, Sum> topics = new TreeMap<>();
        now.partitions().forEach((tp, partition) -> {
            Sum sum = topics.computeIfAbsent(tp.topic(), topic -> new Sum());
            Look.Partition before = then.partitions().getOrDefault(tp, partition);
            sum.copied += Math.max(0, partition.next() - before.next());
            sum.left += partition.left();
        });
        double seconds = Math.max(0.001, Duration.between(then.at(), now.at()).toMillis() / 1000.0);
        List<String> lines = new ArrayList<>();
        topics.forEach((topic, sum) -> {
            if (sum.left > 0 || sum.copied > 0) {
                lines.add(line(topic, sum, sum.copied / seconds));
            }
        });
        return lines;
    }

    private static String line(String topic, Sum sum, double perSecond) {
        String left = sum.left == 0
                ? "copied"
                : perSecond < 1 ? "standing still" : String.format(Locale.ROOT, "%.0f s left", sum.left / perSecond);
        return String.format(Locale.ROOT, "%s: %,d offsets to go, %,.0f/s, %s", topic, sum.left, perSecond, left);
    }
}
