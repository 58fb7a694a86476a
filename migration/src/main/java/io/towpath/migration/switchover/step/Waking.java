package io.towpath.migration.switchover.step;

import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.journal.Side;
import io.towpath.migration.switchover.FlowHand;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the applications' connectors on one side back into the state that they were found in by {@link LeaveConnectors}.
 *
 * <p>Always: what was RUNNING runs, what was PAUSED is paused, what was STOPPED stays so.
 */
record Waking(Scene scene, Side side) {

    static final String STATES = "states";
    private static final String PAUSED = "PAUSED";
    private static final String STOPPED = "STOPPED";

    /** The state of each connector on the side that is left; only reads. */
    static Map<String, String> found(Scene scene) {
        ConnectRest rest = scene.application(scene.from());
        Map<String, String> states = new HashMap<>();
        for (String name : scene.switching().applications().names()) {
            states.put(
                    name,
                    rest.status(name)
                            .orElseThrow(() -> new Refused(name + ": no such connector at " + rest.worker()))
                            .connector()
                            .state());
        }
        return states;
    }

    /** One line per call; what is not journalled yet is looked up. */
    List<String> calls() {
        if (names().isEmpty()) {
            return List.of();
        }
        Map<String, String> states = scene.facts(LeaveConnectors.NAME).isEmpty() ? found(scene) : noted();
        List<String> lines = new ArrayList<>();
        for (String name : names()) {
            if (!STOPPED.equals(states.get(name))) {
                lines.add(line(name, states.get(name)));
            }
        }
        return lines;
    }

    /** Returns when what is to run runs. */
    void wake() {
        if (names().isEmpty()) {
            return;
        }
        ConnectRest rest = scene.application(side);
        Map<String, String> states = noted();
        List<String> running = new ArrayList<>();
        for (String name : names()) {
            String state = states.get(name);
            if (PAUSED.equals(state)) {
                scene.acts().act(line(name, state), () -> rest.pause(name));
            } else if (!STOPPED.equals(state)) {
                scene.acts().act(line(name, state), () -> rest.resume(name));
                running.add(name);
            }
        }
        running.forEach(name -> rest.awaitRunning(name, scene.patience()));
    }

    private List<String> names() {
        return scene.switching().applications().names();
    }

    private String line(String name, String state) {
        String call = PAUSED.equals(state) ? FlowHand.pausing(name) : FlowHand.resuming(name);
        return call + " at " + scene.application(side).worker();
    }

    /** A connector that nothing is noted of was to run: as journals of older versions have it. */
    private Map<String, String> noted() {
        Map<String, String> states = new HashMap<>();
        if (scene.facts(LeaveConnectors.NAME).get(STATES) instanceof Map<?, ?> map) {
            map.forEach((name, state) -> states.put(name.toString(), state.toString()));
        }
        return states;
    }
}
