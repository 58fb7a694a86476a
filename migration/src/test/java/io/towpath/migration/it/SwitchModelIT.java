package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.Server;
import io.towpath.local.TrialSize;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.it.KilledSwitch.Point;
import io.towpath.migration.journal.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of writing, reading, switching, and killing of workers, brokers and ourselves. Always: every
 * acknowledged record is on both sides once, in order, and every group's next record is the first not committed.
 */
@Tag("trial-switch")
class SwitchModelIT {

    private static final int PARTITIONS = 2;

    private final long seed = TrialSize.current().seed(20261122);
    private final int rounds = TrialSize.current().rounds(1, 50);
    private final AtomicInteger next = new AtomicInteger();

    /** A round waits more than it works: a trial plays some side by side, on servers of their own. */
    @Test
    void whateverHappensNothingIsLostAndNothingComesTwice() throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(TrialSize.current().of(1, 3));
        try {
            List<Future<?>> playing = new ArrayList<>(List.of(lanes.submit(() -> play(TwoClusters.shared()))));
            while (playing.size() < TrialSize.current().of(1, 3)) {
                playing.add(lanes.submit(() -> play(TwoClusters.another())));
            }
            for (Future<?> lane : playing) {
                lane.get();
            }
        } finally {
            next.set(rounds);
            lanes.shutdown();
            assertThat(lanes.awaitTermination(10, TimeUnit.MINUTES)).isTrue();
        }
        TrialSize.figure("rounds of the model", rounds);
    }

    private Void play(TwoClusters clusters) {
        for (int round = next.getAndIncrement(); round < rounds; round = next.getAndIncrement()) {
            Model model = new Model("model-" + round, seed + round, clusters);
            try {
                model.play();
            } catch (Exception | AssertionError e) {
                next.set(rounds);
                throw new AssertionError("seed " + (seed + round) + ": " + model.history, e);
            }
            TrialSize.figure("round " + round, model.seconds() + " s, " + model.history);
        }
        return null;
    }

    /** One migration and what happens to it. */
    private static final class Model {
        private static final int EVENTS = 9;
        private static final List<Point> POINTS = List.copyOf(EnumSet.allOf(Point.class));

        private final String name;
        private final TwoClusters clusters;
        private final Random random;
        private final Traffic traffic;
        private final Readers readers;
        private final List<String> history = new ArrayList<>();
        private final long begun = System.nanoTime();
        private String file;
        private Side open = Side.SOURCE;

        Model(String name, long seed, TwoClusters clusters) {
            this.name = name;
            this.clusters = clusters;
            this.random = new Random(seed);
            this.traffic = new Traffic(name, PARTITIONS, seed);
            this.readers = new Readers(name, seed);
        }

        void play() throws Exception {
            begin();
            for (int i = 0; i < EVENTS; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1 -> write();
                    case 2 -> read();
                    case 3 -> bounce("worker", clusters.worker);
                    case 4 -> bounce("broker of the open side", broker(open));
                    case 5 -> switched();
                    case 6 -> killedSwitch();
                    default -> switchedWhile(random.nextBoolean() ? broker(open) : clusters.worker);
                }
            }
            write();
            switched();
            settled();
            leave();
        }

        long seconds() {
            return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        }

        private void begin() throws Exception {
            try (Writer writer = new Writer(address(Side.SOURCE))) {
                writer.topic(name, PARTITIONS, Map.of());
            }
            traffic.write(address(Side.SOURCE), 100);
            readers.commit(address(Side.SOURCE), name + "-group", -1);
            file = clusters.migrationWith(SwitchIT.QUICK, name, List.of(name), name + "-group");
            assertDone(CommandRun.of("plan", "-f", file, "--apply"));
            assertDone(CommandRun.of("mirror", "-f", file));
        }

        private void write() throws Exception {
            history.add("write on " + open);
            traffic.write(address(open), 1 + random.nextInt(80));
        }

        private void read() throws Exception {
            history.add("read on " + open);
            readers.commit(address(open), name + "-group", -1);
        }

        /** It comes back while the schedule goes on. */
        private void bounce(String what, Server server) {
            history.add("kill " + what);
            server.kill();
            server.start();
        }

        private void switched() throws Exception {
            history.add("switch to " + open.other());
            goOn();
        }

        /** Killed at a random point, then on or back, here or on a machine that has no proof kept. */
        private void killedSwitch() throws Exception {
            Point point = POINTS.get(random.nextInt(POINTS.size()));
            int n = 1 + random.nextInt(11);
            boolean back = random.nextBoolean();
            history.add(
                    "switch to " + open.other() + " killed at " + point + " " + n + ", then " + (back ? "back" : "on"));
            Kill kill = new Kill(file, open.other(), false);
            Kill.Outcome outcome = kill.outcome(point, n);
            if (!outcome.reached() && outcome.exit() == 0) {
                open = open.other();
                readers.assertNextIsTheFirstNotCommitted(address(open));
                return;
            }
            if (!outcome.reached()) {
                history.add("failed before that: " + outcome.why());
            }
            if (random.nextInt(3) == 0) {
                history.add("on another machine");
                Files.deleteIfExists(Path.of(file + ".proof"));
            }
            if (back) {
                CommandRun undone = CommandRun.of(verb(), "-f", file, "--undo");
                history.add(undone.lastLine() + undone.err().strip());
                if (undone.exit() == Exit.DONE && undone.lastLine().contains(alias(open) + " is open")) {
                    return;
                }
            }
            goOn();
        }

        private void switchedWhile(Server killed) throws Exception {
            history.add("switch to " + open.other() + " while " + killed.name() + " is killed");
            CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> CommandRun.of(verb(), "-f", file));
            long wait = random.nextInt(6_000);
            run.copy().completeOnTimeout(null, wait, TimeUnit.MILLISECONDS).join();
            killed.kill();
            killed.start();
            CommandRun ended = run.get(4, TimeUnit.MINUTES);
            history.add(ended.lastLine() + ended.err().strip());
            if (ended.exit() == Exit.DONE) {
                open = open.other();
                readers.assertNextIsTheFirstNotCommitted(address(open));
            } else {
                goOn();
            }
        }

        /** The command again, as status says, until it is through: a server that was killed may still be coming back. */
        private void goOn() throws Exception {
            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> {
                        CommandRun run = CommandRun.of(verb(), "-f", file);
                        if (run.exit() != Exit.DONE) {
                            history.add(run.err().strip());
                        }
                        if (run.err().contains("FAILED")) {
                            String flow = name + (open == Side.SOURCE ? "-forward" : "-back");
                            new ConnectRest(clusters.worker.url()).restartFailed(flow);
                        }
                        return run.exit() == Exit.DONE;
                    });
            open = open.other();
            readers.assertNextIsTheFirstNotCommitted(address(open));
        }

        private void settled() {
            traffic.assertOnBothExactlyOnce(address(Side.SOURCE), address(Side.TARGET));
            assertThat(traffic.acknowledged()).isPositive();
        }

        /** All servers are back, and nothing of this round is left to work for or to count. */
        private void leave() {
            List.of(clusters.worker, broker(Side.SOURCE), broker(Side.TARGET)).forEach(Server::awaitReady);
            if (open == Side.TARGET) {
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofSeconds(2))
                        .untilAsserted(() -> assertDone(CommandRun.of("finish", "-f", file)));
            } else {
                ConnectRest rest = new ConnectRest(clusters.worker.url());
                rest.connectors().stream()
                        .filter(flow -> flow.startsWith(name + "-"))
                        .forEach(rest::delete);
            }
        }

        private String verb() {
            return open == Side.SOURCE ? "cutover" : "rollback";
        }

        private String address(Side side) {
            return side == Side.SOURCE ? clusters.dc1.bootstrapServers() : clusters.dc2.bootstrapServers();
        }

        private static String alias(Side side) {
            return side == Side.SOURCE ? "dc1" : "dc2";
        }

        private Server broker(Side side) {
            return (side == Side.SOURCE ? clusters.dc1 : clusters.dc2).brokers().get(0);
        }
    }
}
