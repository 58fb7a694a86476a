package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.proof.read.Incomplete;
import io.towpath.migration.switchover.Refused;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The root of the command line. A module that adds commands takes {@link #commandLine()} and calls addSubcommand. */
@Command(
        name = "towpath",
        description = "Moves a live Kafka cluster to another one, with proof.",
        subcommands = {
            PlanCommand.class,
            MirrorCommand.class,
            VerifyCommand.class,
            CutoverCommand.class,
            RollbackCommand.class,
            FinishCommand.class,
            StatusCommand.class,
            OffsetsCommand.class,
            Mm2Command.class,
            ConnectCommand.class,
            LagCommand.class,
            AclsCommand.class,
            RedriveCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:bad input: an option, a file or a key is wrong; the line on stderr says which",
            "2:the clusters differ, or a check found something",
            "3:stopped half-way; what was done stays, running it again goes on"
        })
public final class Towpath implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private Towpath() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, exit codes and error lines set. */
    public static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Towpath());
        root.setParameterExceptionHandler(Towpath::usageError);
        root.setExecutionExceptionHandler(Towpath::failure);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        return root;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Exit.DONE;
    }

    private static int usageError(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        String first = error.getMessage().lines().findFirst().orElse("bad usage");
        command.getErr().println(first + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
        return Exit.BAD_INPUT;
    }

    private static int failure(Exception error, CommandLine command, ParseResult parsed) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + words(error));
        if (error instanceof Incomplete || error instanceof Refused) {
            return Exit.DIFFER;
        }
        return error instanceof BadInput ? Exit.BAD_INPUT : Exit.STOPPED;
    }

    /** The message, and those of the causes that say something more. */
    private static String words(Throwable error) {
        StringBuilder words = new StringBuilder(message(error));
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            String more = message(cause);
            if (words.indexOf(more) < 0) {
                words.append("; because: ").append(more);
            }
        }
        return words.toString();
    }

    private static String message(Throwable error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
