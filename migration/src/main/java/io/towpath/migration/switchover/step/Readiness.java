package io.towpath.migration.switchover.step;

import io.towpath.migration.config.TopicSelection;
import io.towpath.migration.connect.ConfigProblem;
import io.towpath.migration.connect.ConnectorStatus;
import io.towpath.migration.groups.GroupAdmin;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.switchover.FlowHand;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.look.Doors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What must be so before a switch touches anything. Changes nothing.
 *
 * @param wish what migration.yaml says under topics, before a plan named them one by one
 */
public record Readiness(Scene scene, TopicSelection wish) {

    /**
     * Looks at everything that can be known before.
     *
     * @throws Refused naming all that is not as it must be
     */
    public Verdict check() {
        Standing standing = scene.journal().standing();
        if (standing.end() != Standing.End.NONE) {
            throw new Refused(scene.migration().name() + " is over ("
                    + standing.end().name().toLowerCase(Locale.ROOT)
                    + "); a new migration needs a new name");
        }
        for (Side side : Side.values()) {
            new Doors(side, scene.view(side), scene.switching().freezing())
                    .doubt()
                    .ifPresent(scene.acts()::say);
        }
        scene.fromView().look(scene.partitions(), scene.switching().accepted()); // what brokers cannot tell, said now
        Map<String, Object> locks = new Close(scene).before();
        assert !locks.isEmpty();
        List<String> lacks = new ArrayList<>(flows());
        groups(lacks);
        lacks.addAll(new Drift(scene, wish).lacks());
        if (!lacks.isEmpty()) {
            throw new Refused("not ready", lacks);
        }
        return Prove.match(scene);
    }

    private List<String> flows() {
        List<String> lacks = new ArrayList<>();
        FlowHand flows = scene.hands().flows();
        String flow = scene.flow().name();
        Optional<ConnectorStatus> running = flows.status(flow);
        if (running.filter(ConnectorStatus::running).isEmpty()) {
            lacks.add("flow " + flow + " is "
                    + running.map(ConnectorStatus::summary).orElse("not there")
                    + (scene.from() == Side.SOURCE ? "; towpath mirror starts it" : ""));
        }
        flows.status(scene.opposite().name())
                .filter(status -> !status.stopped())
                .ifPresent(status -> lacks.add("flow " + scene.opposite().name() + " is " + status.summary()
                        + "; wanted: stopped, or both would run at once"));
        for (ConfigProblem problem : flows.problems(scene.opposite())) {
            lacks.add("the worker would refuse " + scene.opposite().name() + ": " + problem);
        }
        return lacks;
    }

    private void groups(List<String> lacks) {
        List<String> names = scene.migration().groups();
        if (names.isEmpty()) {
            return;
        }
        try (GroupAdmin from = new GroupAdmin(scene.fromCluster());
                GroupAdmin to = new GroupAdmin(scene.toCluster())) {
            MoveGroups.refuseActive(Expired.groups(scene, from), to.active(names), scene);
        } catch (Refused e) {
            lacks.add(e.getMessage());
        }
    }
}
