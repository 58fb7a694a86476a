package io.towpath.migration.cli;

import io.towpath.migration.config.ClusterRefusal;
import io.towpath.migration.config.Migration;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.flow.Throttle;
import io.towpath.migration.journal.TwinJournal;
import io.towpath.migration.switchover.step.Finish;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath finish}: the end of the safety net. */
@Command(
        name = "finish",
        description =
                "Ends a migration that is cut over: one last audit, then both flows are removed. No rollback after it.",
        mixinStandardHelpOptions = true)
final class FinishCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private MigrationOption file;

    @Mixin
    private KeptProof kept;

    @Option(names = "--timeout", defaultValue = "60", description = "Seconds to wait. Default: ${DEFAULT-VALUE}")
    private int timeoutSeconds;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Migration migration = file.read();
        try (TwinJournal journal = TwinJournal.take(migration, Clock.systemUTC())) {
            new Finish(migration, journal, kept.path(file), Duration.ofSeconds(timeoutSeconds), out::println).run();
        }
        unlimit(migration, out);
        out.println("finish: " + migration.name() + " is over; " + migration.target() + " serves alone");
        return Exit.DONE;
    }

    /** A throttle that nobody took back names a flow that is gone. */
    private static void unlimit(Migration migration, PrintWriter out) {
        ConnectRest rest = new ConnectRest(migration.connect().url());
        try (Throttle throttle = new Throttle(migration.source(), rest, migration.flow(List.of()))) {
            int lifted = throttle.clear();
            if (lifted > 0) {
                out.println("finish: " + PlanCommand.count(lifted, "quota") + " of the flow lifted");
            }
        } catch (ClusterRefusal e) {
            out.println("finish: " + e.getMessage() + "; quotas of " + migration.flowName()
                    + " may be left there, and limit nobody else");
        }
    }
}
