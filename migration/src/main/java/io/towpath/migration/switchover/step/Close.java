package io.towpath.migration.switchover.step;

import io.towpath.migration.config.Switching.Force;
import io.towpath.migration.journal.Lock;
import io.towpath.migration.journal.Side;
import io.towpath.migration.switchover.Locks;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import io.towpath.migration.switchover.look.Doors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps the listed writers off both sides, where force is asked for: the one that is left stays closed, the one that opens
 * is opened by the release. What somebody else had denied already is not ours, and stays.
 */
final class Close implements Step {

    static final String NAME = "close";
    private static final String ADDED = "added";

    private final Scene scene;

    Close(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> calls() {
        return added(before()).stream().map(Close::line).toList();
    }

    @Override
    public Map<String, Object> before() {
        List<Lock> ours = scene.journal().standing().locks();
        List<Lock> add = new ArrayList<>();
        for (Side side : Side.values()) {
            doors(side).missing(scene.topics()).stream()
                    .filter(lock -> ours.stream().noneMatch(Locks.same(lock)))
                    .forEach(add::add);
        }
        refuseForeignQuota(add);
        return Map.of(ADDED, Locks.written(add));
    }

    @Override
    public Map<String, Object> apply() {
        added(scene.facts(NAME))
                .forEach(lock ->
                        scene.acts().act(line(lock), () -> doors(lock.side()).shut(List.of(lock))));
        refuseOwn(scene);
        return Map.of();
    }

    /** Two migrations that hold the same writer back would each give back what the other has set. */
    private void refuseForeignQuota(List<Lock> add) {
        add.stream()
                .filter(lock -> lock.former() != null && lock.former() == Doors.HELD)
                .findFirst()
                .ifPresent(lock -> {
                    throw new Refused(
                            lock.kind() + " " + lock.subject() + " is held at 1 byte/s already on "
                                    + lock.side().cluster(scene.migration())
                                    + ", by another migration's freeze: quota it seems; finish that one first, or use freeze: acl");
                });
    }

    /** Whatever name the brokers know us by. Asked again after the freeze: a broker may hear of an ACL late. */
    static void refuseOwn(Scene scene) {
        if (scene.switching().freezing().force() != Force.ACL) {
            return;
        }
        for (Side side : Side.values()) {
            new Doors(side, scene.view(side), scene.switching().freezing())
                    .closedToUs(scene.topics())
                    .ifPresent(topic -> {
                        throw new Refused("WRITE on " + topic + " of " + side.cluster(scene.migration())
                                + " is denied to the migration itself: its own principal is among switch.principals, or"
                                + " has no ACL that allows it (on a topic with an ACL, nobody else is let in by"
                                + " default)");
                    });
        }
    }

    @Override
    public void undo() {
        added(scene.facts(NAME))
                .forEach(lock -> scene.acts()
                        .act(Release.line(lock), () -> doors(lock.side()).open(List.of(lock))));
    }

    static List<Lock> added(Map<String, Object> facts) {
        return Locks.read(facts.get(ADDED));
    }

    static String line(Lock lock) {
        return lock.topic() == null
                ? "let " + lock.kind() + " " + lock.subject() + " write 1 byte/s on the "
                        + lock.side().word()
                : "deny WRITE on " + lock.topic() + " to " + lock.subject() + " on the "
                        + lock.side().word();
    }

    private Doors doors(Side side) {
        return new Doors(side, scene.view(side), scene.switching().freezing());
    }

    /** What the report says of how the writers were kept off. */
    static String how(Scene scene) {
        Force force = scene.switching().freezing().force();
        return switch (force) {
            case EVIDENCE -> "by evidence alone: a writer that comes back is not held off";
            case ACL ->
                "by evidence, and WRITE denied to "
                        + scene.switching().freezing().principals();
            case QUOTA -> "by evidence, and a quota of 1 byte/s, which slows a writer but does not stop it";
        };
    }
}
