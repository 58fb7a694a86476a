package io.towpath.demo.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured over time: panels of series of points. May be written to by several threads. */
public final class Readings {

    /** A value, so many seconds after the beginning. */
    public record Point(double second, double value) {}

    /** Something that happened, so many seconds after the beginning. */
    public record Mark(double second, String what) {}

    private final long begun = System.nanoTime();
    private final Map<String, Map<String, List<Point>>> panels = new LinkedHashMap<>();
    private final List<Mark> marks = new ArrayList<>();

    /** Panels are shown in this order. */
    public Readings(List<String> panels) {
        panels.forEach(panel -> this.panels.put(panel, new LinkedHashMap<>()));
    }

    public double second() {
        return (System.nanoTime() - begun) / 1e9;
    }

    public synchronized void add(String panel, String series, double value) {
        panels.get(panel).computeIfAbsent(series, name -> new ArrayList<>()).add(new Point(second(), value));
    }

    public void add(String panel, String series, long value) {
        add(panel, series, (double) value);
    }

    public synchronized void mark(String what) {
        marks.add(new Mark(second(), what));
    }

    public synchronized Map<String, List<Point>> panel(String panel) {
        Map<String, List<Point>> copy = new LinkedHashMap<>();
        panels.get(panel).forEach((series, points) -> copy.put(series, List.copyOf(points)));
        return copy;
    }

    public synchronized List<String> panels() {
        return List.copyOf(panels.keySet());
    }

    public synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** The largest value of a series of the panel. */
    public static double largest(List<Point> points) {
        return points.stream().mapToDouble(Point::value).max().orElse(0);
    }
}
