package io.towpath.migration.flow;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.ClusterRefusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks ahead whether the source's retention overtakes a flow, every half a minute or eighth of the guarded time. The flow's
 * speed is that of the last five minutes, or half of the guarded time: a flow reads its partitions in turns.
 *
 * <p>Always: (A) a partition is a danger only when two looks in a row say so; (B) records that are older than their retention
 * already when the flow first gets to them are told, and are no danger as long as the flow gains on them: nobody has
 * promised to keep them.
 */
public final class Foresight implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofSeconds(30);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Fronts fronts;
    private final Duration every;
    private final Duration window;
    private final Deque<Look> looks = new ArrayDeque<>();
    private final Set<TopicPartition> ahead = new HashSet<>();
    private final Map<TopicPartition, Double> expired = new HashMap<>();
    private Map<TopicPartition, Duration> before = Map.of();
    private Map<TopicPartition, Duration> soon = Map.of();
    private OptionalDouble timeToLoss = OptionalDouble.of(Double.POSITIVE_INFINITY);

    /** {@code least}: a shorter time to loss is a danger. */
    public static Foresight of(Cluster source, Look first, Duration least) {
        return new Foresight(new Retention(source, least), first, least);
    }

    Foresight(Fronts fronts, Look first, Duration least) {
        this.fronts = fronts;
        this.every = shorter(OFTEN, least.dividedBy(8));
        this.window = shorter(REMEMBERED, least.dividedBy(2));
        looks.add(first);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Looks, when it is time for it. What an operator should know besides, a sentence each. */
    public List<String> look(Look now) {
        Look last = looks.getLast();
        if (Duration.between(last.at(), now.at()).compareTo(every) < 0) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>();
        before = soon;
        soon = new TreeMap<>(Comparator.comparing(TopicPartition::toString));
        try {
            see(fronts.of(last, now), now, sentences);
        } catch (ClusterRefusal e) {
            timeToLoss = OptionalDouble.empty();
            sentences.add(e.getMessage() + "; how soon the source deletes is not known at present");
        }
        looks.add(now);
        while (looks.size() > 2 && !between(second(), now).minus(window).isNegative()) {
            looks.removeFirst();
        }
        return sentences;
    }

    private Look second() {
        var all = looks.iterator();
        all.next();
        return all.next();
    }

    private static Duration between(Look one, Look other) {
        return Duration.between(one.at(), other.at());
    }

    /** Seconds, the shortest of all partitions at the last look ahead: infinite when nothing will be lost, empty if unknown. */
    public OptionalDouble timeToLoss() {
        return timeToLoss;
    }

    /** Partitions that two looks in a row have found in danger. */
    public List<Danger> dangers() {
        return soon.entrySet().stream()
                .filter(entry -> before.containsKey(entry.getKey()))
                .<Danger>map(entry -> new Danger.Soon(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Whether the source has deleted up to {@code start} only what was older than its retention before the flow got there. */
    public boolean excuses(TopicPartition partition, long start) {
        return !ahead.contains(partition) && expired.getOrDefault(partition, -1.0) >= start;
    }

    private void see(Fronts.Seen seen, Look now, List<String> sentences) {
        new TreeSet<>(seen.unknown().values())
                .forEach(reason -> sentences.add(reason + "; how soon it deletes is not known at present"));
        timeToLoss = OptionalDouble.of(Double.POSITIVE_INFINITY);
        now.partitions().forEach((tp, partition) -> {
            Front front = seen.fronts().get(tp);
            if (front != null) {
                see(tp, partition.next(), front, now, sentences);
            } else if (!seen.unknown().containsKey(tp)) {
                ahead.add(tp);
            }
        });
        if (!seen.unknown().isEmpty()) { // a loss that is known is told; that there is none, nobody knows
            timeToLoss = timeToLoss.stream().filter(Double::isFinite).findFirst();
        }
    }

    private void see(TopicPartition tp, long next, Front front, Look now, List<String> sentences) {
        boolean passed = front.passed(next);
        if (!passed) {
            ahead.add(tp);
        } else if (!ahead.contains(tp) && expired.put(tp, front.now()) == null) {
            sentences.add(tp + ": the next records to be copied are older than the source promises to keep them;"
                    + " it may delete them at any moment");
        }
        boolean overtaken = passed && ahead.contains(tp);
        Optional<Duration> overtakes =
                overtaken ? Optional.of(Duration.ZERO) : front.overtakes(next, speed(tp, next, now));
        overtakes.ifPresent(left -> {
            timeToLoss = OptionalDouble.of(Math.min(timeToLoss.orElseThrow(), left.toMillis() / 1000.0));
            if (overtaken || (left.compareTo(front.least()) < 0 && hasSpeed(now))) {
                soon.put(tp, left);
            }
        });
    }

    private boolean hasSpeed(Look now) {
        return !between(looks.getFirst(), now).minus(window).isNegative();
    }

    private double speed(TopicPartition tp, long next, Look now) {
        Look first = looks.getFirst();
        Look.Partition then = first.partitions().get(tp);
        long copied = then == null ? 0 : next - then.next();
        return copied / (double) Math.max(1, between(first, now).toMillis());
    }

    @Override
    public void close() {
        fronts.close();
    }
}
