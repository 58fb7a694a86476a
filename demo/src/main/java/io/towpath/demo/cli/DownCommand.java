package io.towpath.demo.cli;

import io.towpath.migration.cli.Exit;
import java.util.Optional;
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
        Optional<ProcessHandle> supervisor = PidFile.holder(Place.here());
        supervisor.ifPresent(Detached::end);
        spec.commandLine().getOut().println(supervisor.isPresent() ? "the stack is down" : "no stack is up");
        return Exit.DONE;
    }
}
