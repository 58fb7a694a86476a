package io.towpath.migration.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gauges and their values in Prometheus' text format (0.0.4): for the textfile collector of a node exporter, or a scrape.
 */
public final class Exposition {

    /** Something that is measured, by the name that a scrape shows. */
    public record Gauge(String name, String help) {}

    private final Map<Gauge, StringBuilder> values = new LinkedHashMap<>();

    /** Every one of {@code gauges} is shown, in this order, also while it has no value. */
    public Exposition(List<Gauge> gauges) {
        gauges.forEach(gauge -> values.put(gauge, new StringBuilder()));
    }

    public void add(Gauge gauge, Map<String, String> labels, long value) {
        add(gauge, labels, Long.toString(value));
    }

    /** Infinite is shown as {@code +Inf}, anything else with three digits behind the point. */
    public void add(Gauge gauge, Map<String, String> labels, double value) {
        add(gauge, labels, Double.isInfinite(value) ? "+Inf" : String.format(Locale.ROOT, "%.3f", value));
    }

    private void add(Gauge gauge, Map<String, String> labels, String value) {
        String all = labels.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                .collect(Collectors.joining(","));
        values.get(gauge)
                .append(gauge.name())
                .append('{')
                .append(all)
                .append("} ")
                .append(value)
                .append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** All of it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        values.forEach((gauge, lines) -> text.append("# HELP " + gauge.name() + " " + gauge.help() + "\n")
                .append("# TYPE " + gauge.name() + " gauge\n")
                .append(lines));
        return text.toString();
    }
}
