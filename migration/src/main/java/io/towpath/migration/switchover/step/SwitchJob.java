package io.towpath.migration.switchover.step;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.config.TopicSelection;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.journal.Journal;
import io.towpath.migration.journal.Lock;
import io.towpath.migration.journal.Passage;
import io.towpath.migration.journal.Segment;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.switchover.Acts;
import io.towpath.migration.switchover.FlowHand;
import io.towpath.migration.switchover.Offsets;
import io.towpath.migration.switchover.ProofLine;
import io.towpath.migration.switchover.ProofStore;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import io.towpath.migration.switchover.Switch;
import io.towpath.migration.switchover.look.LogView;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run of {@code towpath cutover} or {@code towpath rollback}: the same, but for {@code to}. */
public final class SwitchJob implements AutoCloseable {

    /**
     * How a run is made.
     *
     * @param wish what migration.yaml says under topics, before a plan named them one by one
     * @param proof file of the kept proof
     * @param patience how long to wait for what should happen soon
     * @param told takes what is done, line by line
     */
    public record How(TopicSelection wish, Path proof, Duration patience, Clock clock, Consumer<String> told) {}

    private final Journal journal;
    private final Scene scene;
    private final TopicSelection wish;

    public SwitchJob(Migration migration, Side to, Journal journal, How how) {
        if (migration.connect().url() == null) {
            throw new BadInput(
                    "connect.url: nothing given; wanted: http://host:port of the worker that runs the flows");
        }
        this.journal = journal;
        this.wish = how.wish();
        Acts acts = new Acts(journal, how.told());
        FlowHand flows = new FlowHand(new ConnectRest(migration.connect().url()), acts, how.patience());
        ProofLine proof = new ProofLine(migration, to.other(), ProofStore.of(acts, how.proof()), how.patience());
        Scene.Hands hands =
                new Scene.Hands(new LogView(migration.source()), new LogView(migration.target()), flows, proof);
        Passage passage = journal.standing().passage();
        refuseOther(migration, passage, to);
        List<String> topics = passage == null
                ? migration
                        .topics()
                        .resolveOnBoth(hands.source().topics(), hands.target().topics())
                : passage.topics();
        this.scene = new Scene(migration, to, topics, journal, acts, hands, how.clock(), how.patience());
    }

    private static void refuseOther(Migration migration, Passage passage, Side to) {
        if (passage != null && passage.to() != to) {
            String command = to == Side.TARGET ? "rollback" : "cutover";
            throw new Refused("a " + command + " of " + migration.name() + " is half-way: towpath " + command
                    + " goes on, towpath " + command + " --undo goes back");
        }
    }

    /**
     * Switches, or goes on with it; nothing happens when that is done already.
     *
     * @return what is so now
     */
    public String run() {
        Standing standing = journal.standing();
        if (standing.passage() == null && standing.open() == scene.to() && standing.end() == Standing.End.NONE) {
            return scene.toCluster() + " is open already; nothing to do";
        }
        if (standing.passage() == null) {
            scene.acts().say("ready: " + new Readiness(scene, wish).check());
        }
        engine().run(new Passage(scene.to(), false, scene.topics(), List.of()));
        return scene.toCluster() + " is open";
    }

    /**
     * Takes back what a run before has left half-way.
     *
     * @return what is so now
     */
    public String undo() {
        if (journal.standing().passage() == null) {
            return "nothing is half-way; " + journal.standing().open().cluster(scene.migration()) + " is open";
        }
        engine().undo();
        return "undone; " + scene.fromCluster() + " is open as before";
    }

    /** What {@link #run} would call. */
    public void plan(Consumer<String> told) {
        for (Step step : Steps.of(scene)) {
            told.accept(step.name());
            step.calls().forEach(line -> told.accept("  " + line));
        }
    }

    private Switch engine() {
        return new Switch(journal, Steps.of(scene), scene.acts(), scene.clock(), SwitchJob::passed);
    }

    private static Standing passed(Standing standing, Passage passage) {
        Segment closed = new Segment(
                passage.to().other(),
                passage.entries().get(passage.entries().size() - 1).at(),
                Offsets.written(Offsets.read(passage.facts(Freeze.NAME).get(Freeze.ENDS))),
                Offsets.written(Offsets.read(passage.facts(Fence.NAME).get(Fence.ENDS))),
                KeepTimestamps.stamped(passage.facts(KeepTimestamps.NAME)),
                MoveGroups.set(passage.facts(MoveGroups.NAME)));
        List<Lock> left = Stream.concat(standing.locks().stream(), Close.added(passage.facts(Close.NAME)).stream())
                .filter(lock -> lock.side() != passage.to())
                .toList();
        return standing.passed(closed, left);
    }

    @Override
    public void close() {
        scene.hands().close();
    }
}
