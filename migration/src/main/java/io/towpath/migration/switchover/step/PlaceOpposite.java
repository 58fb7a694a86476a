package io.towpath.migration.switchover.step;

import io.towpath.migration.switchover.FlowHand;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import io.towpath.mm2.IdentityFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Sets the flow of {@link PrepareOpposite} to the fence: STOPPED, its offsets set to the last record below the fence, read
 * back and compared. A flow that ran in an earlier segment is set to the new fence too,
 * so nothing that came home goes out again.
 *
 * <p>Always: it is never resumed here, so this may be repeated for as long as {@link StartOpposite} has not begun.
 */
final class PlaceOpposite implements Step {

    private final Scene scene;

    PlaceOpposite(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "place the opposite flow";
    }

    @Override
    public List<String> calls() {
        return List.of(FlowHand.patching(scene.opposite().name(), "<n> partitions, each its fence - 1"));
    }

    @Override
    public Map<String, Object> apply() {
        IdentityFlow flow = scene.opposite();
        Map<TopicPartition, Long> fence = scene.offsets(Fence.NAME, Fence.ENDS);
        scene.hands().flows().stopIfItRuns(flow.name());
        scene.hands().flows().patch(flow, fence);
        compare(flow.name(), fence);
        return Map.of("flow", flow.name());
    }

    /** Anything but equality, partition by partition, stops the switch. */
    private void compare(String flow, Map<TopicPartition, Long> fence) {
        List<String> wrong = wrong(fence, scene.hands().flows().copied(flow));
        if (!wrong.isEmpty()) {
            throw new Refused("the worker did not keep the offsets of " + flow, wrong);
        }
    }

    static List<String> wrong(Map<TopicPartition, Long> fence, Map<TopicPartition, Long> copied) {
        List<String> wrong = new ArrayList<>();
        fence.forEach((tp, end) -> {
            Long read = copied.get(tp);
            if (end == 0 ? read != null : read == null || read != end - 1) {
                wrong.add(tp + ": " + (read == null ? "nothing" : read) + " read back; wanted: "
                        + (end == 0 ? "nothing" : end - 1));
            }
        });
        return wrong;
    }

    /** It stays, stopped, and is placed anew next time. */
    @Override
    public void undo() {}
}
