package io.towpath.migration.cli;

import io.towpath.migration.config.Migration;
import io.towpath.migration.journal.Journal;
import io.towpath.migration.journal.JournalReading;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.StandingOnly;
import io.towpath.migration.journal.TwinJournal;
import io.towpath.migration.metrics.Outlet;
import io.towpath.migration.switchover.SwitchMetrics;
import io.towpath.migration.switchover.step.SwitchJob;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What cutover and rollback take, and the run itself. */
final class SwitchOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private MigrationOption file;

    @Mixin
    private KeptProof kept;

    @Mixin
    private MetricsOptions metrics;

    @Option(
            names = "--timeout",
            defaultValue = "60",
            description = "Seconds to wait for what should happen soon. Default: ${DEFAULT-VALUE}")
    private int timeoutSeconds;

    @Option(names = "--dry-run", description = "Only print every call, <…> for what is only known then.")
    private boolean dryRun;

    @Option(names = "--undo", description = "Take back what a run before has left half-way.")
    private boolean undo;

    Migration migration() {
        return file.read();
    }

    /** Switches to {@code to}, whose command is {@code verb}. */
    int run(Side to, String verb) {
        Migration migration = migration();
        PrintWriter out = command.commandLine().getOut();
        SwitchJob.How how = how(out);
        if (dryRun) {
            StandingOnly journal = new StandingOnly(JournalReading.of(migration).standing());
            try (SwitchJob job = new SwitchJob(migration, to, journal, how)) {
                job.plan(out::println);
            }
            return Exit.DONE;
        }
        try (Outlet shown = metrics.open();
                Journal journal = new SwitchMetrics(TwinJournal.take(migration, how.clock()), shown);
                SwitchJob job = new SwitchJob(migration, to, journal, how)) {
            out.println(verb + ": " + (undo ? job.undo() : job.run()));
            return Exit.DONE;
        }
    }

    private SwitchJob.How how(PrintWriter out) {
        return new SwitchJob.How(
                file.wish().topics(), proof(), Duration.ofSeconds(timeoutSeconds), Clock.systemUTC(), line -> {
                    out.println(line);
                    out.flush();
                });
    }

    Path proof() {
        return kept.path(file);
    }
}
