package io.towpath.migration.flow;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.ClusterRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks ahead whether the source's retention overtakes a flow, every half a minute or eighth of the guarded time.
 *
 * <p>Always: a partition is a danger only when two looks in a row say so. Records that are older than their retention
 * already when the flow gets to them are told, and are no danger: nobody has promised to keep them.
 */
public final class Foresight implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofSeconds(30);

    private final Admin admin;
    private final Retention retention;
    private final Duration every;
    private final Set<TopicPartition> expired = new TreeSet<>(Comparator.comparing(TopicPartition::toString));
    private Look last;
    private Map<TopicPartition, Duration> before = Map.of();
    private Map<TopicPartition, Duration> soon = Map.of();
    private Optional<Duration> timeToLoss = Optional.empty();

    /** {@code least}: a shorter time to loss is a danger. */
    public Foresight(Cluster source, Look first, Duration least) {
        this.admin = Admin.create(source.properties());
        this.retention = new Retention(source, admin, least);
        this.last = first;
        Duration eighth = least.dividedBy(8);
        this.every = eighth.compareTo(OFTEN) < 0 ? eighth : OFTEN;
    }

    /** Looks, when it is time for it. What an operator should know besides, a sentence each. */
    public List<String> look(Look now) {
        if (Duration.between(last.at(), now.at()).compareTo(every) < 0) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>();
        try {
            see(retention.fronts(last, now), now, sentences);
        } catch (ClusterRefusal e) {
            sentences.add(e.getMessage() + "; how soon the source deletes is not known at present");
        }
        sentences.addAll(retention.remarks());
        last = now;
        return sentences;
    }

    /** The shortest time to loss of all partitions at the last look ahead; empty when nothing will be lost. */
    public Optional<Duration> timeToLoss() {
        return timeToLoss;
    }

    /** Partitions that two looks in a row have found in danger. */
    public List<Danger> dangers() {
        return soon.entrySet().stream()
                .filter(entry -> before.containsKey(entry.getKey()))
                .<Danger>map(entry -> new Danger.Soon(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void see(Map<TopicPartition, Front> fronts, Look now, List<String> sentences) {
        before = soon;
        soon = new HashMap<>();
        timeToLoss = Optional.empty();
        expired.removeIf(tp -> !fronts.containsKey(tp));
        double millis = Math.max(1, Duration.between(last.at(), now.at()).toMillis());
        fronts.forEach((tp, front) -> {
            long next = now.partitions().get(tp).next();
            long copied = next
                    - last.partitions()
                            .getOrDefault(tp, now.partitions().get(tp))
                            .next();
            if (front.passed(next) && expired.add(tp)) {
                sentences.add(tp + ": the next records to be copied are older than the source promises to keep them;"
                        + " it may delete them at any moment");
            }
            front.overtakes(next, copied / millis).ifPresent(left -> {
                timeToLoss = timeToLoss
                        .filter(shorter -> shorter.compareTo(left) < 0)
                        .or(() -> Optional.of(left));
                if (!front.passed(next) && left.compareTo(front.least()) < 0) {
                    soon.put(tp, left);
                }
            });
        });
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
