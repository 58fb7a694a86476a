package io.towpath.migration.switchover.step;

import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.util.ArrayList;
import java.util.List;

/** The steps of every switch, whichever way it goes. */
public final class Steps {

    private Steps() {}

    public static List<Step> of(Scene scene) {
        List<Step> steps = new ArrayList<>();
        Hook.undone(scene).ifPresent(steps::add);
        steps.add(new PrepareOpposite(scene));
        Hook.at("before-freeze", scene).ifPresent(steps::add);
        if (!scene.switching().applications().names().isEmpty()) {
            steps.add(new LeaveConnectors(scene));
        }
        steps.add(new Close(scene));
        steps.add(new Freeze(scene));
        Hook.at("after-freeze", scene).ifPresent(steps::add);
        steps.add(new Prove(scene));
        if (!scene.migration().groups().isEmpty()) {
            steps.add(new MoveGroups(scene));
        }
        steps.add(new StopFlow(scene));
        steps.add(new Fence(scene));
        steps.add(new KeepTimestamps(scene));
        steps.add(new PlaceOpposite(scene));
        steps.add(new StartOpposite(scene));
        if (!scene.switching().applications().names().isEmpty()) {
            steps.add(new EnterConnectors(scene));
        }
        Hook.at("before-release", scene).ifPresent(steps::add);
        steps.add(new Release(scene));
        Hook.at("after-release", scene).ifPresent(steps::add);
        return steps;
    }
}
