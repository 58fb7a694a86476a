package io.towpath.migration.switchover.step;

import io.towpath.migration.switchover.FlowHand;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Resumes the flow that {@link PlaceOpposite} has set to the fence.
 *
 * <p>Always: begun again, it goes on from where it is. It may have carried records already, which would come home twice
 * if its offsets were set to the fence once more.
 */
final class StartOpposite implements Step {

    private final Scene scene;

    StartOpposite(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "start the opposite flow";
    }

    @Override
    public List<String> calls() {
        return List.of(FlowHand.resuming(scene.opposite().name()));
    }

    @Override
    public Map<String, Object> apply() {
        String flow = scene.opposite().name();
        scene.hands().flows().resume(flow);
        return Map.of("flow", flow);
    }

    @Override
    public void undo() {
        scene.hands().flows().stop(scene.opposite().name());
        stuck().ifPresent(why -> {
            throw new Refused(why);
        });
    }

    /** What was written beyond the fence has come home, or will: it would go out again with the flow that has stopped. */
    @Override
    public Optional<String> stuck() {
        Map<TopicPartition, Long> fence = scene.offsets(Fence.NAME, Fence.ENDS);
        Map<TopicPartition, Long> now = scene.toView().ends(fence.keySet());
        return fence.entrySet().stream()
                .filter(e -> !e.getValue().equals(now.get(e.getKey())))
                .map(e -> scene.toCluster() + " has taken records since the fence (" + e.getKey() + " ends at "
                        + now.get(e.getKey()) + ", not " + e.getValue() + ") and cannot be left as if it had not")
                .findFirst();
    }
}
