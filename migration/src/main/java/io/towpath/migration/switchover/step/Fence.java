package io.towpath.migration.switchover.step;

import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.switchover.Offsets;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the next segment begins: the ends of the side that opens, read after the flow has stopped, and proven up to there.
 *
 * <pre>
 * from  |-------------------frozen|
 * to    |---------------------fence|     what is written from here on is new
 * </pre>
 */
final class Fence implements Step {

    static final String NAME = "fence";
    static final String ENDS = "ends";

    private final Scene scene;

    Fence(Scene scene) {
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
        return "read the ends of " + scene.toCluster();
    }

    @Override
    public Map<String, Object> apply() {
        scene.acts().say("  " + line());
        scene.patient().until(this::unproven);
        Freeze.moved(scene).ifPresent(words -> {
            throw new Refused(words);
        });
        return Map.of(ENDS, Offsets.written(fence()));
    }

    private Map<TopicPartition, Long> fence() {
        return scene.toView().ends(scene.offsets(Freeze.NAME, Freeze.ENDS).keySet());
    }

    /** A marker may still have been written after the proof: then the proof goes on to it. */
    private Optional<String> unproven() {
        Map<TopicPartition, Long> ends = fence();
        Map<TopicPartition, Long> stable = scene.toView().stable(ends.keySet());
        if (!ends.equals(stable)) {
            return Optional.of("a transaction is open on " + scene.toCluster());
        }
        if (!proven(ends)) {
            Prove.match(scene);
        }
        return proven(ends) ? Optional.empty() : Optional.of(scene.toCluster() + " goes on moving");
    }

    private boolean proven(Map<TopicPartition, Long> ends) {
        List<PartitionResult> results = scene.hands().proof().results();
        return !results.isEmpty()
                && results.stream()
                        .allMatch(r -> r.bounds().targetFence() == (long) ends.getOrDefault(r.partition(), -1L));
    }

    @Override
    public void undo() {}
}
