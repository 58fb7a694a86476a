package io.towpath.demo.cli;

import io.towpath.demo.stack.Claim;
import io.towpath.demo.stack.Detached;
import io.towpath.demo.stack.Place;
import io.towpath.demo.stack.Reach;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.Stack;
import io.towpath.migration.cli.Exit;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath up}: the servers of the demo, empty, for as long as they are wanted. */
@Command(
        name = "up",
        description = {
            "Starts the demo's servers: two clusters, two workers, PostgreSQL.",
            "Says how to reach each, and stays until Ctrl-C. Data is kept from one time to the next."
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--detach", description = "Leave the stack to a supervisor process; towpath down ends it.")
    private boolean detach;

    @Option(names = "--fresh", description = "Begin without the data of the last time.")
    private boolean fresh;

    @Override
    public Integer call() {
        if (detach && !Detached.here()) {
            return Detached.again(spec);
        }
        PrintWriter out = spec.commandLine().getOut();
        Place place = Place.here();
        try (Claim claim = Claim.take(place);
                Stack stack = Stack.embedded(fresh ? place.freshDirectory("up") : place.directory("up"))) {
            out.println("starting dc1, dc2, a Connect worker on each, and PostgreSQL");
            out.flush();
            List<Reach> reaches =
                    TwoClusters.start(stack, name -> ready(name, out)).reaches("postgres", place);
            tell(reaches, place, out);
            claim.handOver(stack, reaches, Exit.DONE);
            claim.awaitEnd();
        }
        return Exit.DONE;
    }

    private static void ready(String name, PrintWriter out) {
        out.println("  " + name + " is ready");
        out.flush();
    }

    private void tell(List<Reach> reaches, Place place, PrintWriter out) {
        out.println();
        reaches.forEach(reach -> out.printf("  %-12s %s%n", reach.name(), reach.how()));
        out.printf("  %-12s %s%n%n", "logs", place.directory("up").resolve("logs"));
        out.println(
                detach
                        ? "The stack is up. towpath logs NAME shows a log, towpath down ends it."
                        : "The stack is up. Ctrl-C ends it; towpath logs NAME, in another terminal, shows a log.");
        out.flush();
    }
}
