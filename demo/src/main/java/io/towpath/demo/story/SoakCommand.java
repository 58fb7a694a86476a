package io.towpath.demo.story;

import io.towpath.demo.stack.Claim;
import io.towpath.demo.stack.Place;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code towpath soak}: the story for minutes or hours, with every server killed and paused at random. */
@Command(
        name = "soak",
        description = {
            "Runs capture, sink, mirror and proof under load while every server is killed and paused at random.",
            "Prints throughput, lag, heap and file handles, draws them over time, and ends with soak: PASS (exit 0)"
                    + " or soak: FAIL (exit 2): every station against the shop's ledger, and the proof."
        },
        mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--minutes", required = true, description = "How long the shop works.")
    private int minutes;

    @Option(
            names = "--rate",
            defaultValue = "40",
            description = "Transactions a second, from four concurrent shoppers. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--seed",
            defaultValue = "42",
            description = "The same seed gives the same transactions and the same troubles. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--patience",
            defaultValue = "120",
            description = "Seconds without any movement after which a station counts as stuck. Default:"
                    + " ${DEFAULT-VALUE}")
    private int patience;

    @Override
    @SuppressWarnings("try") // nobody else may use the place meanwhile
    public Integer call() throws Exception {
        if (minutes < 1 || rate < Workload.SHOPPERS) {
            throw new ParameterException(
                    spec.commandLine(), "--minutes must be at least 1 and --rate at least " + Workload.SHOPPERS);
        }
        Place place = Place.here();
        try (Claim claim = Claim.take(place);
                Stack stack = Stack.embedded(place.freshDirectory("soak"))) {
            return soak(stack, place.directory("soak"));
        }
    }

    private int soak(Stack stack, Path directory) throws Exception {
        Progress progress = new Progress(System.out);
        progress.say(
                "seed %d, %d min, %d transactions a second; data and logs below %s", seed, minutes, rate, directory);
        TwoClusters servers = TwoClusters.start(stack, name -> {});
        try (Story story = new Story(servers, directory, progress);
                Soak soak = new Soak(servers, story, directory, progress)) {
            story.connect();
            Outcome outcome = soak.run(new Workload.Size(minutes * 60, rate, seed), Duration.ofSeconds(patience));
            soak.tell(
                    directory.resolve("soak.svg"),
                    minutes + " minutes, " + rate + " transactions a second, seed " + seed);
            outcome.print(System.out, "soak");
            return outcome.exitCode();
        }
    }
}
