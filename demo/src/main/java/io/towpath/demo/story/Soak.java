package io.towpath.demo.story;

import io.towpath.demo.soak.Havoc;
import io.towpath.demo.soak.Picture;
import io.towpath.demo.soak.Pulse;
import io.towpath.demo.soak.Readings;
import io.towpath.demo.soak.Watchman;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The story for as long as one likes, while its servers are killed and paused: capture, sink, mirror and proof under load.
 * What is looked at meanwhile becomes a picture; what is true at the end, the verdict of the demo.
 */
final class Soak implements AutoCloseable {

    private static final String RATE = "per second";
    private static final String LAG = "lag: records behind the shop's ledger, the proof in seconds";
    private static final String HEAP = "heap, MB used";
    private static final String HANDLES = "open files and sockets";
    private static final Havoc.Pace PACE = new Havoc.Pace(Duration.ofSeconds(20), Duration.ofSeconds(6));
    private static final long LOOK_EVERY = 5;

    private final TwoClusters servers;
    private final Story story;
    private final Progress progress;
    private final Readings readings = new Readings(List.of(RATE, LAG, HEAP, HANDLES));
    private final Map<Havoc.Kind, Integer> faults = new EnumMap<>(Havoc.Kind.class);
    private final ScheduledExecutorService looks = Executors.newScheduledThreadPool(8);
    private final List<Future<?>> looking = new ArrayList<>();
    private final List<Pulse> pulses = new ArrayList<>();
    private final List<Watchman> watchmen;
    private final FollowedProof proof;
    private Counts.Now last;
    private double lastSecond;

    Soak(TwoClusters servers, Story story, Path directory, Progress progress) {
        this.servers = servers;
        this.story = story;
        this.progress = progress;
        this.proof = new FollowedProof(story.migration(), directory);
        this.watchmen = Stream.of(servers.applications(), servers.mirror())
                .map(worker -> new Watchman(worker.url(), why -> progress.say("restarted: %s", why)))
                .toList();
    }

    /** The verdict of the demo, on what is there when all have come to rest. */
    Outcome run(Workload.Size size, Duration patience) throws SQLException, InterruptedException {
        look();
        proof.start();
        Havoc havoc = new Havoc(everyServer(), size.seed(), PACE, this::note);
        try (Workload workload = Workload.enduring(story.shops(), size)) {
            workload.start();
            havoc.start();
            workload.await();
            progress.say("the shop is quiet after %,d transactions", workload.transactions());
        } finally {
            havoc.close();
        }
        story.settle(patience);
        proof.close();
        Outcome outcome = story.judge(patience);
        List<String> wrong = wrong();
        return wrong.isEmpty()
                ? outcome
                : new Outcome(outcome.changes(), outcome.stations(), String.join("; ", wrong), false);
    }

    private List<Server> everyServer() {
        List<Server> all = new ArrayList<>(servers.dc1().brokers());
        all.addAll(servers.dc2().brokers());
        all.addAll(List.of(servers.applications(), servers.mirror(), servers.postgres()));
        return all;
    }

    private void note(Havoc.Fault fault) {
        faults.merge(fault.kind(), 1, Integer::sum);
        String what = fault.server().name() + " " + fault.kind().name().toLowerCase(Locale.ROOT);
        readings.mark(what);
        progress.say("%s", what);
    }

    private void look() {
        every(this::counts);
        watchmen.forEach(watchman -> every(watchman::look));
        everyServer().stream().filter(server -> server != servers.postgres()).forEach(server -> {
            Pulse pulse = new Pulse(server);
            pulses.add(pulse);
            every(() -> pulse.beat().ifPresent(beat -> {
                readings.add(HEAP, server.name(), beat.heapMegabytes());
                readings.add(HANDLES, server.name(), beat.handles());
            }));
        });
    }

    private void every(Runnable look) {
        looking.add(looks.scheduleWithFixedDelay(look, LOOK_EVERY, LOOK_EVERY, TimeUnit.SECONDS));
    }

    /** While the database is away there is nothing to count. */
    private void counts() {
        try {
            Counts.Now now = story.counts().now();
            double second = readings.second();
            if (last != null) {
                double seconds = second - lastSecond;
                readings.add(RATE, "told by the shop", (now.activities() - last.activities()) / seconds);
                readings.add(RATE, "captured on dc1", (now.dc1() - last.dc1()) / seconds);
                readings.add(RATE, "mirrored to dc2", (now.dc2() - last.dc2()) / seconds);
            }
            readings.add(LAG, "capture", now.activities() - now.dc1());
            readings.add(LAG, "sink", Math.abs(now.rows() - now.stored()));
            readings.add(LAG, "mirror", now.dc1() - now.dc2());
            proof.provenUntil()
                    .ifPresent(until -> readings.add(
                            LAG,
                            "proof",
                            Duration.between(until, Clock.systemUTC().instant()).toMillis() / 1000.0));
            last = now;
            lastSecond = second;
        } catch (SQLException away) {
            last = null;
        }
    }

    /** What a look died of, or the proof that ran beside; empty when there is nothing to tell. */
    private List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        proof.difference().ifPresent(difference -> wrong.add("the followed proof: " + difference));
        looking.stream()
                .filter(Future::isDone)
                .forEach(look -> wrong.add("a look ended early: nothing is known from then on"));
        return wrong;
    }

    /** Prints the figures, and draws them. */
    void tell(Path picture, String title) throws IOException {
        progress.out()
                .printf(
                        Locale.ROOT,
                        "%nfaults: %d killed, %d paused; failed tasks restarted: %d%n",
                        faults.getOrDefault(Havoc.Kind.KILLED, 0),
                        faults.getOrDefault(Havoc.Kind.PAUSED, 0),
                        watchmen.stream().mapToInt(Watchman::restarts).sum());
        for (String panel : readings.panels()) {
            readings.panel(panel)
                    .forEach((series, points) -> progress.out()
                            .printf(
                                    Locale.ROOT,
                                    "%-60s %-20s largest %,9.0f, last %,9.0f%n",
                                    panel,
                                    series,
                                    Readings.largest(points),
                                    points.get(points.size() - 1).value()));
        }
        Files.writeString(picture, Picture.of(readings, title));
        progress.out().println("picture: " + picture);
    }

    @Override
    public void close() {
        proof.close();
        looks.shutdownNow();
        pulses.forEach(Pulse::close);
    }
}
