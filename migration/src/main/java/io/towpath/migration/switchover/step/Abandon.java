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
import io.towpath.migration.switchover.FlowHand;
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
import java.util.stream.Stream;
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
     * Goes back, from a cutover or a rollback that is half-way too.
     *
     * @throws Refused when there is nothing to go back from
     */
    public void run() {
        Standing standing = journal.standing();
        if (standing.end() != Standing.End.NONE || (standing.open() == Side.SOURCE && standing.passage() == null)) {
            throw new Refused("nothing to abandon: " + standing.open().cluster(migration) + " is open"
                    + (standing.end() == Standing.End.NONE ? "" : ", and the migration is over"));
        }
        List.of(migration.backFlowName(), migration.flowName()).forEach(this::stop);
        List<Lock> locks = Stream.concat(standing.locks().stream(), Close.added(facts(standing, Close.NAME)).stream())
                .toList();
        try (LogView source = new LogView(migration.source())) {
            if (targetWasOpen(standing)) {
                behind(source);
            } else {
                acts.say("nothing was written to " + migration.target() + " by applications: nothing stays behind");
            }
            List<String> stamped = stamped(standing);
            if (!stamped.isEmpty()) {
                acts.act(
                        KeepTimestamps.line(
                                KeepTimestamps.APPEND,
                                stamped,
                                migration.source().alias()),
                        () -> source.stampBy(KeepTimestamps.APPEND, stamped));
            }
            Doors doors = new Doors(Side.SOURCE, source, migration.switching().freezing());
            locks.stream()
                    .filter(lock -> lock.side() == Side.SOURCE)
                    .forEach(lock -> acts.act(Release.line(lock), () -> doors.open(List.of(lock))));
        }
        connectors(standing);
        List<Lock> left =
                locks.stream().filter(lock -> lock.side() == Side.TARGET).toList();
        journal.write(standing.ended(Standing.End.ABANDONED, Side.SOURCE, left));
    }

    private static boolean targetWasOpen(Standing standing) {
        return standing.open() == Side.TARGET
                || standing.passage().entry(Release.NAME).isPresent();
    }

    private static Map<String, Object> facts(Standing standing, String step) {
        return standing.passage() == null ? Map.of() : standing.passage().facts(step);
    }

    /** What the broker has stamped on the source before it was left, for the first time or by the cutover under way. */
    private static List<String> stamped(Standing standing) {
        if (standing.passage() != null && standing.passage().to() == Side.TARGET) {
            return KeepTimestamps.stamped(facts(standing, KeepTimestamps.NAME));
        }
        return standing.segments().isEmpty()
                ? List.of()
                : standing.segments().get(standing.segments().size() - 1).stamped();
    }

    /** Where they stand is what they had at the cutover: whether that still holds, only the team can say. */
    private void connectors(Standing standing) {
        boolean left = standing.open() == Side.TARGET
                || standing.passage().entry(LeaveConnectors.NAME).isPresent();
        if (left) {
            migration
                    .switching()
                    .applications()
                    .names()
                    .forEach(name -> acts.say("connector " + name + " is stopped on "
                            + migration.source()
                            + ", where the last switch has left it; see to it that it does not run on "
                            + migration.target() + " any more, then resume it"));
        }
    }

    /** Its worker may have gone with the target; then it must not come back unwatched. */
    private void stop(String flow) {
        try {
            ConnectRest rest = new ConnectRest(migration.connect().url(), SOON);
            if (rest.config(flow).isPresent()) {
                acts.act(FlowHand.stopping(flow), () -> rest.stop(flow));
            }
        } catch (RestFailure e) {
            acts.say(
                    "flow " + flow + " cannot be stopped (" + e.getMessage() + "): if its worker comes back, delete the"
                            + " flow before the target does, or it carries late what was left behind");
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
