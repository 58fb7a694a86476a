package io.towpath.demo.cli;

import io.towpath.demo.stack.Detached;
import io.towpath.demo.stack.Place;
import io.towpath.migration.cli.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code towpath down}. Safe to repeat. */
@Command(
        name = "down",
        description = {"Ends the stack that was left behind.", "That of up --detach or demo --keep. Data and logs stay."
        },
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean ended = Detached.endHolder(Place.here());
        spec.commandLine().getOut().println(ended ? "the stack is down" : "no stack is up");
        return Exit.DONE;
    }
}
