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
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.proof.read.CheckpointFile;
import io.towpath.migration.switchover.AcceptedFindings;
import io.towpath.migration.switchover.Offsets;
import io.towpath.migration.switchover.WayBack;
import io.towpath.migration.switchover.WayBack.Pending;
import io.towpath.migration.switchover.look.FirstRecords;
import io.towpath.migration.switchover.look.LogView;
import io.towpath.migration.switchover.look.LookFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Facts about the way back: how far the opposite flow and the proof are, how long records stay, and whether the closed
 * side moves.
 *
 * @param proof file of the kept proof
 */
public record SafetyNet(Migration migration, Standing standing, Path proof) {

    private static final Duration SOON = Duration.ofSeconds(15);

    /** Until when a rollback is safe; nothing while no way back is needed. */
    public List<String> lines() {
        if (standing.open() != Side.TARGET || standing.passage() != null || standing.end() != Standing.End.NONE) {
            return List.of();
        }
        String flow = migration.backFlowName();
        try {
            ConnectRest rest = new ConnectRest(migration.connect().url());
            Optional<ConnectorStatus> status = rest.status(flow);
            List<String> lines = new ArrayList<>();
            if (status.filter(ConnectorStatus::running).isEmpty()) {
                lines.add("NOT safe to roll back: flow " + flow + " is "
                        + status.map(ConnectorStatus::summary).orElse("not there"));
            }
            if (status.isPresent()) {
                lines.addAll(facts(rest, flow));
            }
            return lines;
        } catch (RestFailure | LookFailure e) {
            return List.of("NOT known to be safe to roll back: " + e.getMessage());
        }
    }

    private List<String> facts(ConnectRest rest, String flow) {
        List<PartitionResult> proven = new CheckpointFile(proof).read().results();
        try (LogView source = new LogView(migration.source());
                LogView target = new LogView(migration.target());
                FlowView view = new FlowView(migration.target(), rest, flow, Clock.systemUTC())) {
            List<String> topics = migration.topics().resolveOnBoth(source.topics(), target.topics());
            Look look = view.look(topics);
            List<String> lines = new ArrayList<>(new WayBack(pending(look, proven, retention(topics, source, target)))
                    .lines(Clock.systemUTC().instant()));
            lines.add("at most " + look.left() + " offsets are still to come home with " + flow);
            lines.add(
                    proven.isEmpty()
                            ? "no proof is kept in " + proof + ": a rollback proves all anew"
                            : said(look, proven));
            return lines;
        }
    }

    private String said(Look look, List<PartitionResult> proven) {
        Map<TopicPartition, Long> next =
                proven.stream().collect(Collectors.toMap(PartitionResult::partition, PartitionResult::targetNext));
        long unproven = look.partitions().entrySet().stream()
                .mapToLong(e -> Math.max(0, e.getValue().end() - next.getOrDefault(e.getKey(), 0L)))
                .sum();
        Verdict verdict = Verdict.of(proven);
        AcceptedFindings accepted = new AcceptedFindings(migration.switching().acceptedPlaces());
        String doubt = accepted.against(proven, false).isEmpty() ? "" : "NOT known to be safe to roll back: ";
        return doubt + "the kept proof: " + verdict + "; " + unproven + " offsets were written since";
    }

    private Map<TopicPartition, Pending> pending(
            Look look, List<PartitionResult> proven, Map<String, Retention> retention) {
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        look.partitions().forEach((tp, partition) -> {
            from.put(tp, Math.max(partition.next(), partition.start()));
            ends.put(tp, partition.end());
        });
        proven.forEach(result -> from.computeIfPresent(
                result.partition(),
                (tp, next) -> Math.max(look.partitions().get(tp).start(), Math.min(next, result.targetNext()))));
        Map<TopicPartition, Instant> oldest = new FirstRecords(migration.target(), SOON).timestamps(from, ends);
        Map<TopicPartition, Pending> pending = new HashMap<>();
        look.partitions().forEach((tp, partition) -> {
            Retention kept = retention.get(tp.topic());
            long gone = Math.max(0, partition.start() - partition.next());
            pending.put(tp, new Pending(oldest.get(tp), kept.time(), kept.bySize(), gone));
        });
        return pending;
    }

    /** How long either side keeps a topic's records; {@code time} is null when both keep them for ever. */
    private record Retention(Duration time, boolean bySize) {}

    private static Map<String, Retention> retention(List<String> topics, LogView source, LogView target) {
        Map<String, Retention> retention = new HashMap<>();
        for (LogView side : List.of(source, target)) {
            Map<String, String> deletes = side.topicConfig(topics, TopicConfig.CLEANUP_POLICY_CONFIG);
            Map<String, String> times = side.topicConfig(topics, TopicConfig.RETENTION_MS_CONFIG);
            Map<String, String> sizes = side.topicConfig(topics, TopicConfig.RETENTION_BYTES_CONFIG);
            for (String topic : topics) {
                boolean deleting = deletes.get(topic).contains(TopicConfig.CLEANUP_POLICY_DELETE);
                long time = deleting ? Long.parseLong(times.get(topic)) : -1;
                boolean bySize = deleting && Long.parseLong(sizes.get(topic)) >= 0;
                retention.merge(
                        topic, new Retention(time < 0 ? null : Duration.ofMillis(time), bySize), SafetyNet::shorter);
            }
        }
        return retention;
    }

    private static Retention shorter(Retention one, Retention other) {
        Duration time =
                one.time() == null || (other.time() != null && other.time().compareTo(one.time()) < 0)
                        ? other.time()
                        : one.time();
        return new Retention(time, one.bySize() || other.bySize());
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
