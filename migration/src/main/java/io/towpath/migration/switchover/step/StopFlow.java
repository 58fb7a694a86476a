package io.towpath.migration.switchover.step;

import io.towpath.migration.switchover.FlowHand;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.util.List;
import java.util.Map;

/** Ends the flow that has carried all over: at most one direction runs at any time. */
final class StopFlow implements Step {

    private final Scene scene;

    StopFlow(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "stop the flow";
    }

    @Override
    public List<String> calls() {
        return List.of(FlowHand.stopping(scene.flow().name()));
    }

    @Override
    public Map<String, Object> apply() {
        scene.hands().flows().stop(scene.flow().name());
        return Map.of();
    }

    /** Nothing has been written on its other end since it stopped, so its own offsets still hold. */
    @Override
    public void undo() {
        scene.hands().flows().resume(scene.flow().name());
    }
}
