package io.towpath.demo.cli;

import io.towpath.demo.stack.Detached;
import io.towpath.demo.stack.Place;
import io.towpath.demo.story.DemoCommand;
import io.towpath.migration.cli.Towpath;
import picocli.CommandLine;

/** The whole of {@code ./towpath}: the migration's commands, and those of the stack on this machine. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (Detached.here()) {
            Detached.watchCaller(Place.here());
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine root = Towpath.commandLine()
                .addSubcommand(new DemoCommand())
                .addSubcommand(new UpCommand())
                .addSubcommand(new DownCommand())
                .addSubcommand(new LogsCommand())
                .addSubcommand(new BenchCommand());
        return HelpPage.on(root);
    }
}
