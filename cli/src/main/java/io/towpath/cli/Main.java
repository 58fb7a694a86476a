package io.towpath.cli;

import io.towpath.migration.cli.Towpath;
import picocli.CommandLine;

/** {@code towpath}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, exit codes and error lines set. */
    public static CommandLine commandLine() {
        return Towpath.commandLine().addSubcommand(new CommandLine(new RulesCommand()).addSubcommand(new TryCommand()));
    }
}
