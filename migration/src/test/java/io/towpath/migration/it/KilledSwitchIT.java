package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.TrialSize;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.it.KilledSwitch.Point;
import io.towpath.migration.journal.Side;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A switch that is killed with SIGKILL goes on, or back, from wherever it was. */
@Tag("trial-switch")
class KilledSwitchIT {

    private static final int PARTITIONS = 2;
    private static TwoClusters clusters;
    private static String one;
    private static String two;

    private record Scene(Traffic traffic, Readers readers, String file) {}

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
        one = clusters.dc1.bootstrapServers();
        two = clusters.dc2.bootstrapServers();
    }

    private static Scene mirrored(String name) throws Exception {
        try (Writer writer = new Writer(one)) {
            writer.topic(name, PARTITIONS, Map.of());
        }
        long seed = TrialSize.current().seed(7);
        Traffic traffic = new Traffic(name, PARTITIONS, seed);
        traffic.write(one, 200);
        Readers readers = new Readers(name, seed);
        readers.commit(one, name + "-group", -1);
        String file = clusters.migrationWith(SwitchIT.QUICK, name, List.of(name), name + "-group");
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        return new Scene(traffic, readers, file);
    }

    /** Writes and reads on where it is open now, and switches back and forth once more to see both sides settled. */
    private static void assertNothingLostNothingTwice(Scene scene, Side open) throws Exception {
        String here = open == Side.SOURCE ? one : two;
        scene.readers.assertNextIsTheFirstNotCommitted(here);
        scene.traffic.write(here, 60);
        scene.readers.commit(here, scene.traffic.topic() + "-group", -1);
    }

    /** In a trial at every entry, in the build at every fourth. */
    @Test
    void killedAfterEveryEntryOfTheJournalAndBeforeEveryEntryOnTheWayBack() throws Exception {
        Scene scene = mirrored("killed-entries");
        int every = TrialSize.current().of(4, 1);
        int cutover = new Kill(scene.file, Side.TARGET, false).untilThrough(Point.AFTER_WRITE, every);
        assertThat(cutover * every).isGreaterThanOrEqualTo(9);
        assertNothingLostNothingTwice(scene, Side.TARGET);
        int rollback = new Kill(scene.file, Side.SOURCE, false).untilThrough(Point.BEFORE_WRITE, every + 1);
        assertThat(rollback * every).isGreaterThanOrEqualTo(8);
        assertNothingLostNothingTwice(scene, Side.SOURCE);
        assertDone(CommandRun.of("cutover", "-f", scene.file));
        scene.traffic.assertOnBothExactlyOnce(one, two);
        TrialSize.figure("kills at entries", cutover + rollback);
    }

    @Test
    void killedOnTheWayBackItGoesOnGoingBack() throws Exception {
        Scene scene = mirrored("killed-undo");
        assertThat(new Kill(scene.file, Side.TARGET, false).at(Point.AFTER_WRITE, 10))
                .isTrue();
        CommandRun status = CommandRun.of("status", "-f", scene.file);
        assertThat(status.out()).contains("a cutover to dc2 is half-way").contains("start the opposite flow: begun");
        assertThat(status.lastLine()).contains("towpath cutover").contains("--undo");
        int kills = new Kill(scene.file, Side.TARGET, true).untilThrough(Point.AFTER_WRITE, 2);
        assertThat(kills).isPositive();
        assertThat(CommandRun.of("status", "-f", scene.file).out()).contains("dc1 is open");
        assertThat(CommandRun.of("cutover", "-f", scene.file, "--undo").lastLine())
                .isEqualTo("cutover: nothing is half-way; dc1 is open");
        assertNothingLostNothingTwice(scene, Side.SOURCE);
        assertDone(CommandRun.of("cutover", "-f", scene.file));
        assertNothingLostNothingTwice(scene, Side.TARGET);
        assertDone(CommandRun.of("rollback", "-f", scene.file));
        scene.traffic.assertOnBothExactlyOnce(one, two);
    }

    /** In a trial at every point of both directions; in the build at a few. */
    @Test
    void killedBetweenTwoActsTheNextRunGoesOn() throws Exception {
        Scene scene = mirrored("killed-acts");
        int points = 0;
        Side to = Side.TARGET;
        int step = TrialSize.current().of(3, 1);
        int directions = TrialSize.current().of(1, 2);
        boolean reached = true;
        for (int n = step; reached; n += step) {
            reached = false;
            for (int i = 0; i < directions; i++) {
                boolean killed = new Kill(scene.file, to, false).at(Point.BEFORE_ACT, n);
                if (killed) {
                    reached = true;
                    points++;
                    assertDone(CommandRun.of(to == Side.TARGET ? "cutover" : "rollback", "-f", scene.file));
                }
                assertNothingLostNothingTwice(scene, to);
                to = to.other();
            }
        }
        assertDone(CommandRun.of(to == Side.TARGET ? "cutover" : "rollback", "-f", scene.file));
        scene.traffic.assertOnBothExactlyOnce(one, two);
        TrialSize.figure("kills between acts", points);
    }
}
