package io.towpath.demo.soak;

import io.towpath.demo.soak.Readings.Mark;
import io.towpath.demo.soak.Readings.Point;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Readings as an SVG: a panel below the other on one axis of time, what happened as thin lines through all of them. */
public final class Picture {

    private static final List<String> COLOURS =
            List.of("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b", "#7f7f7f");
    private static final int LEFT = 70;
    private static final int WIDTH = 760;
    private static final int TOP = 50;
    private static final int HEIGHT = 130;
    private static final int STEP = 180;

    private final Readings readings;
    private final String title;
    private final double end;
    private final StringBuilder svg = new StringBuilder();

    private Picture(Readings readings, String title) {
        this.readings = readings;
        this.title = title;
        this.end = Math.max(1, readings.second());
    }

    public static String of(Readings readings, String title) {
        return new Picture(readings, title).draw();
    }

    private String draw() {
        List<String> panels = readings.panels();
        put(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                TOP + panels.size() * STEP + 10);
        text(LEFT, 20, title);
        for (int i = 0; i < panels.size(); i++) {
            panel(panels.get(i), TOP + i * STEP);
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(String name, int top) {
        Map<String, List<Point>> series = readings.panel(name);
        double most = Math.max(
                1, series.values().stream().mapToDouble(Readings::largest).max().orElse(1));
        text(LEFT, top - 6, name);
        put(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#999\"/>%n",
                LEFT, top, WIDTH, HEIGHT);
        text(8, top + 10, String.format(Locale.ROOT, "%,.0f", most));
        text(8, top + HEIGHT, "0");
        for (Mark mark : readings.marks()) {
            put(
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"><title>%s</title></line>%n",
                    x(mark.second()), x(mark.second()), top, top + HEIGHT, escaped(mark.what()));
        }
        for (int minute = 0; minute * 60 <= end; minute += Math.max(1, (int) (end / 600))) {
            text((int) x(minute * 60), top + HEIGHT + 13, minute + " min");
        }
        int number = 0;
        for (Map.Entry<String, List<Point>> one : series.entrySet()) {
            String colour = COLOURS.get(number % COLOURS.size());
            put("<polyline fill=\"none\" stroke=\"%s\" points=\"%s\"/>%n", colour, points(one.getValue(), top, most));
            put("<g fill=\"%s\">", colour);
            text(LEFT + WIDTH + 8, top + 10 + 14 * number++, one.getKey());
            put("</g>%n");
        }
    }

    private String points(List<Point> points, int top, double most) {
        return points.stream()
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        x(point.second()),
                        top + HEIGHT * (1 - Math.max(0, point.value()) / most)))
                .collect(Collectors.joining(" "));
    }

    private double x(double second) {
        return LEFT + WIDTH * Math.min(second, end) / end;
    }

    private void text(int x, int y, String words) {
        put("<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, escaped(words));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void put(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
