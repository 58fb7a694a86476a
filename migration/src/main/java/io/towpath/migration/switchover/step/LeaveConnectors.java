package io.towpath.migration.switchover.step;

import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.ConnectorStatus;
import io.towpath.migration.connect.SourceOffset;
import io.towpath.migration.switchover.FlowHand;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stops the applications' connectors on the side that is left, in the order given, and notes how far each has come. */
final class LeaveConnectors implements Step {

    static final String NAME = "leave connectors";

    private final Scene scene;
    private final ConnectRest rest;

    LeaveConnectors(Scene scene) {
        this.scene = scene;
        this.rest = scene.application(scene.from());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> calls() {
        return names().stream().map(this::stopping).toList();
    }

    private List<String> names() {
        return scene.switching().applications().names();
    }

    private String stopping(String name) {
        return FlowHand.stopping(name) + " at " + rest.worker();
    }

    @Override
    public Map<String, Object> before() {
        return Map.of(Waking.STATES, Waking.found(scene));
    }

    @Override
    public Map<String, Object> apply() {
        Map<String, Object> facts = new HashMap<>();
        for (String name : names()) {
            ConnectorStatus status =
                    rest.status(name).orElseThrow(() -> new Refused(name + ": no such connector at " + rest.worker()));
            if (!status.rests() && !status.running()) {
                throw new Refused("connector " + name + " is " + status.summary()
                        + "; what it has not done yet would stay behind; mend it first");
            }
            scene.acts().act(stopping(name), () -> rest.stop(name));
            rest.awaitStopped(name, scene.patience());
            facts.put(
                    name,
                    rest.offsets(name).stream().map(LeaveConnectors::written).toList());
        }
        return facts;
    }

    @Override
    public void undo() {
        new Waking(scene, scene.from()).wake();
    }

    private static Map<String, Object> written(SourceOffset offset) {
        return Map.of("partition", offset.partition(), "offset", offset.offset());
    }
}
