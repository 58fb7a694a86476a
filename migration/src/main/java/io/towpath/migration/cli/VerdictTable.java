package io.towpath.migration.cli;

import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.report.TopicSum;
import java.io.PrintWriter;
import java.util.List;

/** The result of a proof for a terminal: findings first, then a line per topic. */
record VerdictTable(List<PartitionResult> results) {

    private static final int SHOWN = 50;

    void print(PrintWriter out) {
        List<Finding> findings = Finding.of(results);
        findings.stream().limit(SHOWN).forEach(out::println);
        if (findings.size() > SHOWN) {
            out.println("… and " + (findings.size() - SHOWN) + " more");
        }
        List<TopicSum> topics = TopicSum.of(results);
        int width = topics.stream().mapToInt(t -> t.topic().length()).reduce(5, Math::max);
        String format = "%-" + width + "s %10s %14s  %s%n";
        out.printf(format, "topic", "partitions", "equal", "otherwise");
        topics.forEach(t -> out.printf(format, t.topic(), t.partitions().size(), t.equal(), t.otherwise()));
    }
}
