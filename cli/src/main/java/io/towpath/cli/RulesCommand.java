package io.towpath.cli;

import io.towpath.migration.cli.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code towpath rules}. */
@Command(
        name = "rules",
        description = "Tries the rules of an ActivityCaptureConnector on a live database.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class RulesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Exit.DONE;
    }
}
