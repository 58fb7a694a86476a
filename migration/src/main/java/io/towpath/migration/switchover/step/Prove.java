package io.towpath.migration.switchover.step;

import io.towpath.migration.journal.Entry.Phase;
import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.switchover.ProofLine;
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

    /** Proves up to now; a difference that is not accepted, or too little coverage, is refused. */
    static Verdict match(Scene scene) {
        ProofLine proof = scene.hands().proof();
        Verdict verdict = proof.catchUp(scene.topics());
        refuseDifferent(
                "verify: " + verdict,
                proof,
                behind(scene.flow().name(), scene.toCluster().alias(), proof.results()));
        refuseUncovered(verdict, scene.switching().coverage());
        return verdict;
    }

    /** {@code behind}: what a flow has not carried yet, said first: such differences may go by themselves. */
    static void refuseDifferent(String what, ProofLine proof, List<String> behind) {
        List<String> against = proof.against();
        if (!against.isEmpty()) {
            List<String> reasons = new ArrayList<>(behind);
            reasons.addAll(against);
            throw new Refused(what + ", not in switch.accept", reasons);
        }
    }

    /** Records at the end of a partition, after the last one that has its match. */
    static List<String> behind(String flow, String to, List<PartitionResult> results) {
        List<String> behind = new ArrayList<>();
        for (PartitionResult result : results) {
            for (Finding finding : result.findings()) {
                if (finding.kind() == Kind.LOST
                        && finding.source().from() >= result.map().sourceEnd()) {
                    behind.add("flow " + flow + " is behind, or has lost them: " + to + " lacks the last "
                            + finding.count() + " records of " + result.partition());
                }
            }
        }
        return behind;
    }

    /** {@code percent}: of all records, how many must have been compared. */
    static void refuseUncovered(Verdict verdict, double percent) {
        if (verdict.coverage().share() * 100 < percent) {
            throw new Refused("verify: " + verdict + "; wanted: at least " + percent + " % (switch.coverage)");
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
