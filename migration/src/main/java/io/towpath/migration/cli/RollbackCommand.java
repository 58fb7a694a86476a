package io.towpath.migration.cli;

import io.towpath.migration.config.Migration;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.TwinJournal;
import io.towpath.migration.switchover.step.Abandon;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath rollback}: from target to source, by the same steps. */
@Command(
        name = "rollback",
        description = "Moves the applications' side back from target to source, by the same steps as cutover.",
        mixinStandardHelpOptions = true)
final class RollbackCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SwitchOptions options;

    @Option(
            names = "--abandon-target",
            description =
                    "Go back although the target cannot be read. What only it has stays behind; ends the migration.")
    private boolean abandon;

    @Override
    public Integer call() {
        if (!abandon) {
            return options.run(Side.SOURCE, "rollback");
        }
        PrintWriter out = spec.commandLine().getOut();
        Migration migration = options.migration();
        try (TwinJournal journal = TwinJournal.takeSourceOnly(migration, Clock.systemUTC())) {
            new Abandon(migration, journal, options.proof(), out::println).run();
        }
        out.println("rollback: " + migration.source() + " is open; " + migration.target() + " is abandoned");
        return Exit.DONE;
    }
}
