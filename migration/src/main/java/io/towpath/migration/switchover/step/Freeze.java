package io.towpath.migration.switchover.step;

import io.towpath.migration.Patience;
import io.towpath.migration.switchover.Offsets;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import io.towpath.migration.switchover.look.Look;
import io.towpath.migration.switchover.look.QuietPeriod;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The side that is left stands still: looked at until nothing has stirred for the whole quiet period. */
final class Freeze implements Step {

    static final String NAME = "freeze";
    static final String ENDS = "ends";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final Scene scene;
    private boolean seenByThisRun;

    Freeze(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> calls() {
        return List.of("look at " + scene.fromCluster() + " until nothing stirs for "
                + scene.switching().freezing().quiet().toMillis() + " ms");
    }

    @Override
    public Map<String, Object> apply() {
        calls().forEach(line -> scene.acts().say("  " + line));
        Duration wanted = scene.switching().freezing().quiet();
        QuietPeriod quiet = new QuietPeriod(wanted, System::nanoTime);
        Look frozen = still(quiet, scene.partitions())
                .orElseThrow(() ->
                        new Refused(scene.fromCluster() + " does not stand still; stop the writers", quiet.unrest()));
        Close.refuseOwn(scene);
        seenByThisRun = true;
        scene.acts().say("  " + scene.fromCluster() + " stands still, " + Close.how(scene));
        Map<String, Object> facts = new HashMap<>();
        facts.put(ENDS, Offsets.written(frozen.ends()));
        facts.put("how", scene.switching().freezing().force().name());
        facts.put("quiet.ms", wanted.toMillis());
        facts.put("accepted", List.copyOf(scene.switching().accepted()));
        return facts;
    }

    private Optional<Look> still(QuietPeriod quiet, Set<TopicPartition> partitions) {
        Duration limit = scene.switching().freezing().quiet().plus(scene.patience());
        return new Patience(limit, BETWEEN_LOOKS).until(() -> {
            Look now = scene.fromView().look(partitions, scene.switching().accepted());
            return Optional.of(now).filter(quiet::reached);
        });
    }

    /** A look leaves nothing behind. */
    @Override
    public void undo() {}

    /** Nobody has looked since the run that froze it ended: another run waits for a quiet period of its own. */
    @Override
    public Optional<String> broken() {
        Optional<String> moved = moved(scene);
        if (moved.isPresent() || seenByThisRun) {
            return moved;
        }
        scene.acts().say("an earlier run has frozen it: " + calls().get(0));
        QuietPeriod quiet = new QuietPeriod(scene.switching().freezing().quiet(), System::nanoTime);
        Set<TopicPartition> partitions = scene.offsets(NAME, ENDS).keySet();
        if (still(quiet, partitions).isEmpty()) {
            return Optional.of(scene.fromCluster() + " stands still no longer: " + String.join("; ", quiet.unrest()));
        }
        seenByThisRun = true;
        return moved(scene);
    }

    /** The first partition of the frozen side whose end is not where it was frozen. */
    static Optional<String> moved(Scene scene) {
        Map<TopicPartition, Long> frozen = scene.offsets(NAME, ENDS);
        Map<TopicPartition, Long> now = scene.fromView().ends(frozen.keySet());
        return frozen.entrySet().stream()
                .filter(e -> !e.getValue().equals(now.get(e.getKey())))
                .map(e -> scene.fromCluster() + " has taken records since it was frozen: " + e.getKey() + " ends at "
                        + now.get(e.getKey()) + ", not " + e.getValue())
                .findFirst();
    }
}
