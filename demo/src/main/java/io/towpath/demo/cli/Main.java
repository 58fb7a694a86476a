package io.towpath.demo.cli;

import io.towpath.demo.stack.Detached;
import io.towpath.demo.stack.Place;
import io.towpath.demo.story.DemoCommand;
import io.towpath.demo.story.SoakCommand;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The whole of {@code ./towpath}: the commands that are shipped, and those of the stack on this machine. */
public final class Main {

    /** What a shell shows of a command that SIGINT ended. */
    private static final int INTERRUPTED = 130;

    private Main() {}

    public static void main(String[] args) {
        if (Detached.here()) {
            Detached.watchCaller(Place.here());
        }
        System.exit(commandLine().execute(args));
    }

    /** All of them, as they are typed. */
    public static CommandLine commandLine() {
        CommandLine root = io.towpath.cli.Main.commandLine()
                .addSubcommand(new DemoCommand())
                .addSubcommand(new SoakCommand())
                .addSubcommand(new UpCommand())
                .addSubcommand(new DownCommand())
                .addSubcommand(new LogsCommand())
                .addSubcommand(new BenchCommand());
        return HelpPage.on(quietAtTheEnd(root));
    }

    /** After Ctrl-C the servers end under a command's feet: what it then says of that is no news. */
    private static CommandLine quietAtTheEnd(CommandLine root) {
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.set(true), "quiet"));
        IExecutionExceptionHandler usual = root.getExecutionExceptionHandler();
        return root.setExecutionExceptionHandler((error, command, parsed) ->
                ending.get() ? INTERRUPTED : usual.handleExecutionException(error, command, parsed));
    }
}
