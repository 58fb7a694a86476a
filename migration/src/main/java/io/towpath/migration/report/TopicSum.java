package io.towpath.migration.report;

import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The partitions of one topic, and what they add up to. */
public record TopicSum(String topic, List<PartitionResult> partitions) {

    public TopicSum {
        partitions = List.copyOf(partitions);
    }

    /** One per topic, sorted. */
    public static List<TopicSum> of(List<PartitionResult> results) {
        Map<String, List<PartitionResult>> topics = new TreeMap<>();
        results.forEach(result -> topics.computeIfAbsent(result.partition().topic(), topic -> new ArrayList<>())
                .add(result));
        return topics.entrySet().stream()
                .map(e -> new TopicSum(e.getKey(), e.getValue()))
                .toList();
    }

    public long equal() {
        return partitions.stream().mapToLong(PartitionResult::matched).sum();
    }

    public Verdict verdict() {
        return Verdict.of(partitions);
    }

    public Map<Kind, Long> counts() {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        partitions.forEach(p -> p.counts().forEach((kind, count) -> counts.merge(kind, count, Long::sum)));
        return counts;
    }

    long count(Kind kind) {
        return counts().getOrDefault(kind, 0L);
    }

    /** For a cell: {@code lost 3, foreign 1}. */
    public String otherwise() {
        return counts().entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %,d", e.getKey().label(), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    long runs() {
        return partitions.stream().mapToLong(p -> p.map().runs()).sum();
    }
}
