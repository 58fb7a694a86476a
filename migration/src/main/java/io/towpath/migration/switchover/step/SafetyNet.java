package io.towpath.migration.switchover.step;

import io.towpath.migration.config.Migration;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.ConnectorStatus;
import io.towpath.migration.connect.RestFailure;
import io.towpath.migration.flow.FlowView;
import io.towpath.migration.flow.Look;
import io.towpath.migration.journal.Entry;
import io.towpath.migration.journal.Passage;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.switchover.Offsets;
import io.towpath.migration.switchover.look.LogView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/** Facts about the way back: how far the opposite flow is, how long records stay, and whether the closed side moves. */
public record SafetyNet(Migration migration, Standing standing) {

    /** Until when a rollback is safe; nothing while no way back is needed. */
    public List<String> lines() {
        if (standing.open() != Side.TARGET || standing.passage() != null || standing.end() != Standing.End.NONE) {
            return List.of();
        }
        String flow = migration.backFlowName();
        try {
            ConnectRest rest = new ConnectRest(migration.connect().url());
            Optional<ConnectorStatus> status = rest.status(flow);
            if (status.filter(ConnectorStatus::running).isEmpty()) {
                return List.of("NOT safe to roll back: flow " + flow + " is "
                        + status.map(ConnectorStatus::summary).orElse("not there"));
            }
            return safe(rest, flow);
        } catch (RestFailure e) {
            return List.of("NOT known to be safe to roll back: " + e.getMessage());
        }
    }

    private List<String> safe(ConnectRest rest, String flow) {
        try (LogView target = new LogView(migration.target());
                FlowView view = new FlowView(migration.target(), rest, flow, Clock.systemUTC())) {
            List<String> topics = migration.topics().resolve(target.topics());
            Look look = view.look(topics);
            Optional<Long> keeps = target.topicConfig(topics, TopicConfig.RETENTION_MS_CONFIG).values().stream()
                    .map(Long::parseLong)
                    .filter(ms -> ms >= 0)
                    .min(Long::compare);
            String until = keeps.map(
                            ms -> Clock.systemUTC().instant().plusMillis(ms).toString())
                    .map(at -> "safe to roll back until " + at + " even if flow " + flow
                            + " stopped now (shortest retention on " + migration.target() + ")")
                    .orElse("safe to roll back: " + migration.target() + " deletes nothing by age");
            List<String> lines = new ArrayList<>();
            lines.add(until);
            lines.add(flow + " runs; at most " + look.left() + " offsets are still to come home");
            return lines;
        }
    }

    /** Partitions of the frozen side whose ends moved since, while a switch is half-way. */
    public List<String> moved() {
        Passage passage = standing.passage();
        if (passage == null
                || !passage.is(Freeze.NAME, Entry.Phase.DONE)
                || passage.entry(Release.NAME).isPresent()) {
            return List.of(); // not frozen yet, or the other side is open and its records come home
        }
        Side closed = passage.to().other();
        Map<TopicPartition, Long> frozen =
                Offsets.read(passage.facts(Freeze.NAME).get(Freeze.ENDS));
        List<String> moved = new ArrayList<>();
        try (LogView view = new LogView(closed.cluster(migration))) {
            Map<TopicPartition, Long> now = view.ends(frozen.keySet());
            frozen.forEach((tp, end) -> {
                if (!end.equals(now.get(tp))) {
                    moved.add(closed.cluster(migration) + " is frozen, and " + tp + " moved from " + end + " to "
                            + now.get(tp));
                }
            });
        }
        return moved;
    }
}
