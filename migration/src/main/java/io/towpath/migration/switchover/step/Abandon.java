package io.towpath.migration.switchover.step;

import io.towpath.migration.config.Migration;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.RestFailure;
import io.towpath.migration.journal.Journal;
import io.towpath.migration.journal.Lock;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.switchover.Acts;
import io.towpath.migration.switchover.ProofLine;
import io.towpath.migration.switchover.ProofStore;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.look.Doors;
import io.towpath.migration.switchover.look.LogView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Goes back to the source without the target, and says what is known of what stays behind. */
public final class Abandon {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Migration migration;
    private final Journal journal;
    private final ProofLine proof;
    private final Acts acts;

    public Abandon(Migration migration, Journal journal, Path proof, Consumer<String> told) {
        this.migration = migration;
        this.journal = journal;
        this.acts = new Acts(journal, told);
        this.proof = new ProofLine(migration, Side.TARGET, ProofStore.of(acts, proof), SOON);
    }

    /**
     * Goes back.
     *
     * @throws Refused when the target is not open, so that there is nothing to go back from
     */
    public void run() {
        Standing standing = journal.standing();
        if (standing.open() != Side.TARGET || standing.end() != Standing.End.NONE) {
            throw new Refused("nothing to abandon: " + standing.open().cluster(migration) + " is open"
                    + (standing.end() == Standing.End.NONE ? "" : ", and the migration is over"));
        }
        stopBackFlow();
        try (LogView source = new LogView(migration.source())) {
            behind(source);
            List<String> stamped = standing.segments().isEmpty()
                    ? List.of()
                    : standing.segments().get(standing.segments().size() - 1).stamped();
            if (!stamped.isEmpty()) {
                acts.act(
                        KeepTimestamps.line(
                                KeepTimestamps.APPEND,
                                stamped,
                                migration.source().alias()),
                        () -> source.stampBy(KeepTimestamps.APPEND, stamped));
            }
            Doors doors = new Doors(Side.SOURCE, source, migration.switching().freezing());
            standing.locks().stream()
                    .filter(lock -> lock.side() == Side.SOURCE)
                    .forEach(lock -> acts.act(Release.line(lock), () -> doors.open(List.of(lock))));
        }
        List<Lock> left = standing.locks().stream()
                .filter(lock -> lock.side() == Side.TARGET)
                .toList();
        journal.write(standing.ended(Standing.End.ABANDONED, Side.SOURCE, left));
    }

    /** Its worker may have gone with the target; then it must not come back unwatched. */
    private void stopBackFlow() {
        String flow = migration.backFlowName();
        try {
            ConnectRest rest = new ConnectRest(migration.connect().url(), SOON);
            if (rest.config(flow).isPresent()) {
                acts.act("PUT /connectors/" + flow + "/stop", () -> rest.stop(flow));
            }
        } catch (RestFailure e) {
            acts.say(
                    "flow " + flow + " cannot be stopped (" + e.getMessage() + "): if its worker comes back, delete the"
                            + " flow before the target does, or it brings home late what was left behind");
        }
    }

    private void behind(LogView source) {
        Map<TopicPartition, PartitionResult> proven =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        proof.earlier().forEach(result -> proven.put(result.partition(), result));
        if (proven.isEmpty()) {
            acts.say("no proof is kept here: nothing can be said of what stays behind");
            return;
        }
        Map<TopicPartition, Long> ends = source.ends(proven.keySet());
        proven.forEach((tp, result) -> {
            long since = Math.max(0, ends.getOrDefault(tp, 0L) - result.sourceNext());
            acts.say(tp + ": of " + migration.target() + ", all below offset " + result.targetNext()
                    + " is on " + migration.source() + ", as the last proof saw it; " + since
                    + " offsets came home after it; what was written there later stays behind");
        });
    }
}
