package io.towpath.migration.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Watches the distance between what the source deletes and what is copied.
 *
 * <pre>
 * source   |start-----------next--------------end
 *           deleted up to    copied up to
 *                 margin
 * </pre>
 *
 * Time to loss is the margin divided by the rate at which the start moves, over all looks so far; a partition that is
 * copied to its end, or whose start stands still, has none.
 */
public final class GapGuard {

    private final Look first;
    private final Duration least;

    /** {@code least}: a shorter time to loss is a danger. */
    public GapGuard(Look first, Duration least) {
        this.first = first;
        this.least = least;
    }

    public List<Danger> dangers(Look now) {
        List<Danger> dangers = new ArrayList<>();
        first.topicIds().forEach((topic, id) -> {
            if (!id.equals(now.topicIds().get(topic))) {
                dangers.add(new Danger.Recreated(topic));
            }
        });
        now.partitions().forEach((tp, partition) -> {
            if (partition.next() > partition.end()) {
                dangers.add(new Danger.Beyond(tp, partition.next(), partition.end()));
            } else if (partition.margin() < 0) {
                dangers.add(new Danger.Passed(tp, -partition.margin()));
            } else {
                timeToLoss(tp, now)
                        .filter(left -> left.compareTo(least) < 0)
                        .ifPresent(left -> dangers.add(new Danger.Soon(tp, left)));
            }
        });
        return dangers;
    }

    /** The shortest time to loss of all partitions; empty when nothing is in danger of being deleted. */
    public Optional<Duration> timeToLoss(Look now) {
        return now.partitions().keySet().stream()
                .flatMap(tp -> timeToLoss(tp, now).stream())
                .min(Duration::compareTo);
    }

    private Optional<Duration> timeToLoss(TopicPartition tp, Look now) {
        Look.Partition then = first.partitions().get(tp);
        Look.Partition partition = now.partitions().get(tp);
        long millis = Duration.between(first.at(), now.at()).toMillis();
        if (then == null || partition.left() == 0 || partition.start() <= then.start() || millis <= 0) {
            return Optional.empty();
        }
        double deletedPerMilli = (double) (partition.start() - then.start()) / millis;
        return Optional.of(Duration.ofMillis((long) (partition.margin() / deletedPerMilli)));
    }
}
