package io.towpath.migration.flow;

import io.towpath.migration.metrics.Exposition;
import io.towpath.migration.metrics.Exposition.Gauge;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** How a flow gets on, for Prometheus. */
public final class FlowMetrics {

    private static final Gauge TIME_TO_LOSS = new Gauge(
            "towpath_mirror_time_to_loss_seconds",
            "Until retention may delete what is not copied by then, at the speed seen");
    private static final Gauge LOOKED = new Gauge(
            "towpath_mirror_looked_timestamp_seconds",
            "When the flow was last seen, in Unix time: nothing guards it since");
    private static final Gauge LEFT =
            new Gauge("towpath_mirror_left_offsets", "Offsets of the source that are not copied");
    private static final Gauge COPIED =
            new Gauge("towpath_mirror_copied_offsets_per_second", "Offsets copied a second");

    public static final List<Gauge> ALL = List.of(TIME_TO_LOSS, LOOKED, LEFT, COPIED);

    private FlowMetrics() {}

    /** {@code timeToLoss}: seconds, the shortest of all partitions; infinite when nothing will be lost, empty if unknown. */
    public static Exposition of(String flow, Speed speed, OptionalDouble timeToLoss) {
        Exposition shown = new Exposition(ALL);
        Map<String, String> whole = Map.of("flow", flow);
        timeToLoss.ifPresent(seconds -> shown.add(TIME_TO_LOSS, whole, seconds));
        shown.add(LOOKED, whole, speed.now().at().getEpochSecond());
        speed.topics().forEach((topic, of) -> {
            Map<String, String> one = new TreeMap<>(Map.of("flow", flow, "topic", topic));
            shown.add(LEFT, one, of.left());
            shown.add(COPIED, one, of.perSecond());
        });
        return shown;
    }
}
