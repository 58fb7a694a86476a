package io.towpath.migration.switchover.step;

import io.towpath.migration.journal.Entry.Phase;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Drained, and proven: the proof has read the frozen side to its end, every record below has its match, and the other
 * side's last stable offsets are its ends, read by the proof too. Never Connect's offsets, which stop short of a marker.
 */
final class Prove implements Step {

    static final String NAME = "prove the rest";

    private final Scene scene;

    Prove(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> calls() {
        return List.of(line());
    }

    private String line() {
        return "read " + scene.fromCluster() + " and " + scene.toCluster() + " to their ends and compare every record";
    }

    @Override
    public Map<String, Object> apply() {
        scene.acts().say("  " + line());
        Verdict[] verdict = {null};
        scene.patient().until(() -> {
            verdict[0] = match(scene);
            return short_(scene);
        });
        Freeze.moved(scene).ifPresent(words -> {
            throw new Refused(words);
        });
        scene.acts().say("  " + verdict[0]);
        return Map.of("verdict", verdict[0].toString());
    }

    @Override
    public void undo() {}

    /** Proves up to now; anything but a match that covers enough is refused. */
    static Verdict match(Scene scene) {
        Verdict verdict = scene.hands().proof().catchUp(scene.topics());
        if (verdict instanceof Verdict.Match match) {
            refuseUncovered(match, scene.switching().coverage());
            return verdict;
        }
        List<String> findings = new ArrayList<>();
        scene.hands()
                .proof()
                .results()
                .forEach(r -> r.findings().stream()
                        .filter(finding -> finding.kind().isFinding())
                        .forEach(finding -> findings.add(finding.toString())));
        throw new Refused("verify: " + verdict, findings);
    }

    /** {@code percent}: of all records, how many must have been compared. */
    static void refuseUncovered(Verdict.Match match, double percent) {
        if (match.coverage().share() * 100 < percent) {
            throw new Refused("verify: " + match + "; wanted: at least " + percent + " % (switch.coverage)");
        }
    }

    /** What is not read to its end yet; empty when all is. */
    private static Optional<String> short_(Scene scene) {
        Map<TopicPartition, Long> frozen = scene.offsets(Freeze.NAME, Freeze.ENDS);
        Map<TopicPartition, Long> ends = scene.toView().ends(frozen.keySet());
        for (PartitionResult result : scene.hands().proof().results()) {
            TopicPartition tp = result.partition();
            if (result.bounds().sourceFence() < frozen.getOrDefault(tp, 0L)) {
                return Optional.of(tp + " of " + scene.fromCluster() + " is read to "
                        + result.bounds().sourceFence() + " only");
            }
            if (result.bounds().targetFence() != (long) ends.getOrDefault(tp, 0L)) {
                return Optional.of(tp + " of " + scene.toCluster() + " is stable to "
                        + result.bounds().targetFence() + ", and ends at " + ends.get(tp));
            }
        }
        return Optional.empty();
    }

    /** The proof's results in this run: proven anew where an earlier run had proven. */
    static List<PartitionResult> results(Scene scene) {
        if (scene.hands().proof().results().isEmpty()) {
            match(scene);
        }
        return scene.hands().proof().results();
    }

    static boolean done(Scene scene) {
        return scene.journal().standing().passage() != null
                && scene.journal().standing().passage().is(NAME, Phase.DONE);
    }
}
