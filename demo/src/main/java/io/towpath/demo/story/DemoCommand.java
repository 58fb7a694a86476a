package io.towpath.demo.story;

import io.towpath.demo.stack.Claim;
import io.towpath.demo.stack.Detached;
import io.towpath.demo.stack.Place;
import io.towpath.demo.stack.Reach;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code towpath demo}: the whole story on real servers, with a verdict as its last line. */
@Command(
        name = "demo",
        description = {
            "Runs the whole story on real servers, with a verdict.",
            "A seeded shop, capture, exactly-once sink, mirror and proof, while a worker is killed;"
                    + " with --migrate a move to the other cluster, back, and there again under traffic."
                    + " Ends with demo: PASS (exit 0) or demo: FAIL (exit 2)."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    /** The shop works at least so long while everything moves there, back, and there again. */
    private static final int MOVING_SECONDS = 50;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "How long the shop works. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--rate",
            defaultValue = "100",
            description = "Transactions a second, from four concurrent shoppers. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--seed",
            defaultValue = "42",
            description = "The same seed, seconds and rate give the same transactions. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--patience",
            defaultValue = "30",
            description = "Seconds without any movement after which a station counts as stuck. Default:"
                    + " ${DEFAULT-VALUE}")
    private int patience;

    @Option(
            names = "--migrate",
            description =
                    "Instead of killing a worker, go on to move everything to dc2 under traffic: cutover, rollback,"
                            + " cutover, finish.")
    private boolean migrate;

    @Option(
            names = "--keep",
            description = "Leave the servers up afterwards, under a supervisor (towpath down ends it).")
    private boolean keep;

    @Option(
            names = "--secure",
            description = "On secured clusters: SASL_SSL, and for each role a user who may do the least that it needs.")
    private boolean secure;

    @Option(
            names = "--compose",
            description = "On the servers of docker-compose.yml, fresh and up, instead of servers of its own.")
    private boolean compose;

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || rate < Workload.SHOPPERS) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds must be at least 1 and --rate at least " + Workload.SHOPPERS);
        }
        if (secure && migrate) {
            throw new ParameterException(
                    spec.commandLine(), "--secure and --migrate were both given; wanted: one of them");
        }
        if (compose && (secure || migrate || keep)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--compose was given with --secure, --migrate or --keep; wanted: --compose alone");
        }
        if (compose) {
            return inContainers();
        }
        if (keep && !Detached.here()) {
            return Detached.again(spec);
        }
        Place place = Place.here();
        try (Claim claim = Claim.take(place);
                Stack stack = Stack.embedded(place.freshDirectory("demo"))) {
            List<Reach> reaches = new ArrayList<>();
            Outcome outcome = tell(stack, place, reaches);
            if (keep) {
                System.out.println("The stack stays up: towpath logs NAME shows a log, towpath down ends it.");
                reaches.forEach(reach -> System.out.printf("  %-12s %s%n", reach.name(), reach.how()));
            }
            outcome.print(System.out);
            if (keep) {
                claim.handOver(stack, reaches, outcome.exitCode());
                claim.awaitEnd();
            }
            return outcome.exitCode();
        }
    }

    private int inContainers() throws Exception {
        Path directory = Place.here().directory("compose");
        Progress progress = new Progress(System.out);
        progress.say(
                "seed %d, %d s, %d transactions a second, on the servers of docker-compose.yml; files below %s",
                seed, seconds, rate, directory);
        try (Story story = Story.inContainers(directory, progress)) {
            story.join();
            story.work(new Workload.Size(seconds, rate, seed));
            Outcome outcome = story.judge(Duration.ofSeconds(patience));
            outcome.print(System.out);
            return outcome.exitCode();
        }
    }

    private Outcome tell(Stack stack, Place place, List<Reach> reaches) throws Exception {
        Path directory = place.directory("demo");
        Progress progress = new Progress(System.out);
        progress.say("seed %d, %d s, %d transactions a second; data and logs below %s", seed, seconds, rate, directory);
        progress.say("starting two Kafka clusters, two Connect workers and a PostgreSQL");
        TwoClusters servers =
                secure ? TwoClusters.startSecured(stack, name -> {}) : TwoClusters.start(stack, name -> {});
        reaches.addAll(servers.reaches("warehouse", place));
        progress.say(
                "dc1 %s, dc2 %s, Connect %s and %s",
                servers.dc1().bootstrapServers(),
                servers.dc2().bootstrapServers(),
                servers.applications().url(),
                servers.mirror().url());
        Workload.Size size = new Workload.Size(migrate ? Math.max(seconds, MOVING_SECONDS) : seconds, rate, seed);
        return migrate ? moved(servers, directory, progress, size) : told(servers, directory, progress, size);
    }

    private Outcome told(TwoClusters servers, Path directory, Progress progress, Workload.Size size) throws Exception {
        try (Story story = new Story(servers, directory, progress)) {
            story.connect();
            story.work(size);
            return story.judge(Duration.ofSeconds(patience));
        }
    }

    private Outcome moved(TwoClusters servers, Path directory, Progress progress, Workload.Size size) throws Exception {
        try (Story story = new Story(servers, directory, progress, Story.MOVED);
                Move move = new Move(story, servers, progress)) {
            move.prepare();
            story.connect();
            return move.tell(size, Duration.ofSeconds(patience));
        }
    }
}
