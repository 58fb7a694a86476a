package io.towpath.migration.plan.show;

import io.towpath.migration.plan.Capacity;
import io.towpath.migration.plan.Change;
import io.towpath.migration.plan.Plan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A plan as lines, section by section; empty sections are left out. */
public final class PlanTable {

    private static final int FEW = 20;

    private final Plan plan;
    private final PrintWriter out;
    private final Double bytesPerSecond;

    /** {@code bytesPerSecond}: the throttle that the time to copy is told for; null for none. */
    public PlanTable(Plan plan, Double bytesPerSecond, PrintWriter out) {
        this.plan = plan;
        this.bytesPerSecond = bytesPerSecond;
        this.out = out;
    }

    public void print() {
        section("to know", plan.remarks());
        capacity();
        section("who must move (--checklist FILE writes a list with owners to fill in)", movers());
        section("secrets to issue anew on the target, no cluster tells the old ones", plan.reissue());
        section("not asked", plan.notAsked());
        section("changes", plan.changes().stream().map(Change::describe).toList());
    }

    private List<String> movers() {
        return plan.movers().stream()
                .map(mover -> mover.kind() + " " + mover.name() + ": " + mover.about())
                .toList();
    }

    private void capacity() {
        Capacity capacity = plan.capacity();
        List<String> lines = capacity.topics().stream()
                .sorted((a, b) -> Long.compare(b.bytes(), a.bytes()))
                .limit(FEW)
                .map(PlanTable::line)
                .toList();
        section("capacity, largest topics", lines);
        if (!lines.isEmpty()) {
            out.println("  in all " + Sizes.bytes((double) capacity.totalBytes()) + " of one replica"
                    + timeToCopy(capacity));
            out.println();
        }
    }

    private static String line(Capacity.OfTopic topic) {
        return topic.topic() + ": " + Sizes.bytes((double) topic.bytes())
                + String.format(Locale.ROOT, ", %,.1f records/s in the last hour", topic.perSecond())
                + (topic.hot().isEmpty() ? "" : ", hot partitions " + String.join(", ", topic.hot()));
    }

    private String timeToCopy(Capacity capacity) {
        return bytesPerSecond == null
                ? ""
                : capacity.timeToCopy(bytesPerSecond)
                        .map(time -> ", " + Sizes.time(time) + " to copy at " + Sizes.bytes(bytesPerSecond) + "/s")
                        .orElse("");
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println(title + ":");
            lines.forEach(line -> out.println("  " + line));
            out.println();
        }
    }
}
