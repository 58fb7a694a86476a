package io.towpath.migration.report;

import io.towpath.migration.proof.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What is proven, as a file in Prometheus' text format: for the textfile collector of a node exporter. Each write replaces
 * the file in one step.
 */
public final class ProofMetrics {

    private final Path file;

    public ProofMetrics(Path file) {
        this.file = file;
    }

    /** {@code until}: all that the source had committed by then is judged; none while the first of it still waits. */
    public void write(Proven proven, Optional<Instant> until) {
        String migration = proven.migration().name();
        List<TopicSum> topics = TopicSum.of(proven.results());
        StringBuilder text = new StringBuilder();
        gauge(text, "proven_until_seconds", "All that the source had committed by then is judged (Unix time)");
        until.ifPresent(instant -> text.append(String.format(
                Locale.ROOT,
                "towpath_proof_proven_until_seconds{migration=\"%s\"} %.3f%n",
                migration,
                instant.toEpochMilli() / 1000.0)));
        perTopic(text, "records_equal", "Records equal on both sides, in order", topics, TopicSum::equal);
        perTopic(text, "records_differing", "Records by which the clusters differ", topics, ProofMetrics::differing);
        perTopic(text, "records_not_proven", "Records that could not be compared", topics, ProofMetrics::unproven);
        replace(text.toString());
    }

    private static long differing(TopicSum topic) {
        return Arrays.stream(Kind.values())
                .filter(Kind::isFinding)
                .mapToLong(kind -> topic.count(kind))
                .sum();
    }

    private static long unproven(TopicSum topic) {
        return topic.count(Kind.NOT_PROVEN) + topic.count(Kind.EXPIRED);
    }

    private static void perTopic(
            StringBuilder text, String name, String help, List<TopicSum> topics, ToLongFunction<TopicSum> of) {
        gauge(text, name, help);
        for (TopicSum topic : topics) {
            text.append(String.format(
                    Locale.ROOT, "towpath_proof_%s{topic=\"%s\"} %d%n", name, topic.topic(), of.applyAsLong(topic)));
        }
    }

    private static void gauge(StringBuilder text, String name, String help) {
        text.append("# HELP towpath_proof_" + name + " " + help + "\n");
        text.append("# TYPE towpath_proof_" + name + " gauge\n");
    }

    private void replace(String text) {
        try {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
