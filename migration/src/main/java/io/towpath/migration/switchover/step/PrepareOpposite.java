package io.towpath.migration.switchover.step;

import io.towpath.migration.switchover.FlowHand;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import io.towpath.mm2.IdentityFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The flow that will bring home what is written on the side that opens is there, with this configuration, and STOPPED.
 * What takes a worker time and can be done while applications still write, is done before they are held off.
 */
final class PrepareOpposite implements Step {

    private final Scene scene;

    PrepareOpposite(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "prepare the opposite flow";
    }

    @Override
    public List<String> calls() {
        IdentityFlow flow = scene.opposite();
        FlowHand flows = scene.hands().flows();
        if (!flows.exists(flow.name())) {
            return List.of(FlowHand.creating(flow.name()));
        }
        List<String> calls = new ArrayList<>(List.of(FlowHand.stopping(flow.name())));
        if (!flows.configured(flow)) {
            calls.add(FlowHand.configuring(flow.name()));
        }
        return calls;
    }

    @Override
    public Map<String, Object> apply() {
        IdentityFlow flow = scene.opposite();
        scene.hands().flows().prepare(flow);
        return Map.of("flow", flow.name());
    }

    /** It stays, stopped, and is prepared anew next time. */
    @Override
    public void undo() {}
}
