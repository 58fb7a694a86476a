package io.towpath.migration.switchover;

import io.towpath.migration.journal.Entry;
import io.towpath.migration.journal.Journal;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.metrics.Exposition;
import io.towpath.migration.metrics.Exposition.Gauge;
import io.towpath.migration.metrics.Outlet;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A journal that also shows Prometheus what stands in it, whenever it is written. */
public record SwitchMetrics(Journal journal, Outlet outlet) implements Journal {

    private static final Gauge UNDER_WAY =
            new Gauge("towpath_switch_under_way", "1 while a switch is under way or half-way");
    private static final Gauge OPEN = new Gauge("towpath_switch_open", "1 for the side that applications write to");
    private static final Gauge STEP =
            new Gauge("towpath_switch_step_seconds", "When a step of the switch under way came so far (Unix time)");

    public static final List<Gauge> ALL = List.of(UNDER_WAY, OPEN, STEP);

    public SwitchMetrics {
        outlet.show(of(journal.standing()));
    }

    static Exposition of(Standing standing) {
        Exposition shown = new Exposition(ALL);
        Map<String, String> migration = Map.of("migration", standing.migration());
        shown.add(UNDER_WAY, migration, standing.passage() == null ? 0 : 1);
        for (Side side : Side.values()) {
            shown.add(OPEN, with(migration, "side", lower(side)), standing.open() == side ? 1 : 0);
        }
        if (standing.passage() != null) {
            for (Entry entry : standing.passage().entries()) {
                Map<String, String> labels = with(with(migration, "step", entry.step()), "phase", lower(entry.phase()));
                shown.add(STEP, labels, Instant.parse(entry.at()).toEpochMilli() / 1000.0);
            }
        }
        return shown;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(name, value);
        return all;
    }

    @Override
    public Standing standing() {
        return journal.standing();
    }

    @Override
    public void write(Standing next) {
        journal.write(next);
        outlet.show(of(next));
    }

    @Override
    public void held() {
        journal.held();
    }

    @Override
    public void close() {
        journal.close();
    }
}
