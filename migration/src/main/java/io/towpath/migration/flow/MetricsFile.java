package io.towpath.migration.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a flow gets on, as a file in Prometheus' text format: for the textfile collector of a node exporter. Each write
 * replaces the file in one step.
 */
public final class MetricsFile {

    private final Path file;
    private final String flow;

    public MetricsFile(Path file, String flow) {
        this.file = file;
        this.flow = flow;
    }

    /** {@code timeToLoss}: the shortest of all partitions; empty when nothing is in danger, which is shown as +Inf. */
    public void write(Look then, Look now, Optional<Duration> timeToLoss) {
        StringBuilder text = new StringBuilder();
        gauge(text, "time_to_loss_seconds", "Until the source deletes what is not copied, at the rate seen");
        text.append(name("time_to_loss_seconds", ""))
                .append(timeToLoss.map(left -> Long.toString(left.toSeconds())).orElse("+Inf"))
                .append('\n');
        gauge(text, "looked_timestamp_seconds", "When the flow was last seen, in Unix time: nothing guards it since");
        text.append(name("looked_timestamp_seconds", ""))
                .append(now.at().getEpochSecond())
                .append('\n');
        gauge(text, "left_offsets", "Offsets of the source that are not copied");
        new TreeMap<>(new Speed(then, now).topics())
                .forEach((topic, of) -> text.append(name("left_offsets", topic))
                        .append(of.left())
                        .append('\n'));
        gauge(text, "copied_offsets_per_second", "Offsets copied a second");
        new TreeMap<>(new Speed(then, now).topics())
                .forEach((topic, of) -> text.append(name("copied_offsets_per_second", topic))
                        .append(of.perSecond())
                        .append('\n'));
        replace(text.toString());
    }

    private static void gauge(StringBuilder text, String name, String help) {
        text.append("# HELP towpath_mirror_")
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        text.append("# TYPE towpath_mirror_").append(name).append(" gauge\n");
    }

    private String name(String metric, String topic) {
        return "towpath_mirror_" + metric + "{flow=\"" + flow + "\""
                + (topic.isEmpty() ? "" : ",topic=\"" + topic + "\"") + "} ";
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
