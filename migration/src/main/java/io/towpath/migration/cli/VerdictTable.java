package io.towpath.migration.cli;

import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.PartitionResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The result of a proof for a terminal: findings first, then a line per topic. */
record VerdictTable(List<PartitionResult> results) {

    private static final int SHOWN = 50;

    /** One topic's sums. */
    private static final class Line {
        private int partitions;
        private long equal;
        private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    }

    void print(PrintWriter out) {
        List<Finding> findings = new ArrayList<>();
        results.forEach(result -> findings.addAll(result.findings()));
        findings.stream().limit(SHOWN).forEach(out::println);
        if (findings.size() > SHOWN) {
            out.println("… and " + (findings.size() - SHOWN) + " more");
        }
        Map<String, Line> topics = topics();
        int width = Math.max(
                5, topics.keySet().stream().mapToInt(String::length).max().orElse(5));
        String format = "%-" + width + "s %10s %14s  %s%n";
        out.printf(format, "topic", "partitions", "equal", "otherwise");
        topics.forEach((topic, line) -> out.printf(format, topic, line.partitions, line.equal, otherwise(line)));
    }

    private static String otherwise(Line line) {
        return line.counts.entrySet().stream()
                .map(e -> e.getKey().label() + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    private Map<String, Line> topics() {
        Map<String, Line> topics = new TreeMap<>();
        for (PartitionResult result : results) {
            Line line = topics.computeIfAbsent(result.partition().topic(), topic -> new Line());
            line.partitions++;
            line.equal += result.matched();
            result.counts().forEach((kind, count) -> line.counts.merge(kind, count, Long::sum));
        }
        return topics;
    }
}
