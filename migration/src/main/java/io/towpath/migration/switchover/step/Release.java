package io.towpath.migration.switchover.step;

import io.towpath.migration.journal.Lock;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import io.towpath.migration.switchover.Switch;
import io.towpath.migration.switchover.look.Doors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Opens the other side. From here on it may take records that only it has: the switch can only go on. */
final class Release implements Step {

    static final String NAME = Switch.RELEASE;

    private final Scene scene;

    Release(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean reversible() {
        return false;
    }

    @Override
    public List<String> calls() {
        List<String> calls = new ArrayList<>();
        List<String> stamped = KeepTimestamps.stamped(new KeepTimestamps(scene).before());
        if (!stamped.isEmpty()) {
            calls.add(KeepTimestamps.line(
                    KeepTimestamps.APPEND, stamped, scene.toCluster().alias()));
        }
        locks(new Close(scene).before()).forEach(lock -> calls.add(line(lock)));
        calls.addAll(new Waking(scene, scene.to()).calls());
        return calls;
    }

    @Override
    public Map<String, Object> apply() {
        List<String> stamped = KeepTimestamps.stamped(scene.facts(KeepTimestamps.NAME));
        if (!stamped.isEmpty()) {
            scene.acts()
                    .act(
                            KeepTimestamps.line(
                                    KeepTimestamps.APPEND,
                                    stamped,
                                    scene.toCluster().alias()),
                            () -> scene.toView().stampBy(KeepTimestamps.APPEND, stamped));
        }
        Doors doors = new Doors(scene.to(), scene.toView(), scene.switching().freezing());
        locks(scene.facts(Close.NAME)).forEach(lock -> scene.acts().act(line(lock), () -> doors.open(List.of(lock))));
        new Waking(scene, scene.to()).wake();
        return Map.of();
    }

    /** All locks of ours on the side that opens: of this switch and of those before. */
    private List<Lock> locks(Map<String, Object> facts) {
        return Stream.concat(scene.journal().standing().locks().stream(), Close.added(facts).stream())
                .filter(lock -> lock.side() == scene.to())
                .toList();
    }

    static String line(Lock lock) {
        return lock.topic() == null
                ? "let " + lock.kind() + " " + lock.subject() + " write as before on the "
                        + lock.side().word()
                : "deny WRITE on " + lock.topic() + " to " + lock.subject() + " no longer on the "
                        + lock.side().word();
    }

    @Override
    public void undo() {
        throw new IllegalStateException("a release is never undone");
    }
}
