package io.towpath.migration.cli;

import io.towpath.migration.journal.Side;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code towpath cutover}: from source to target. */
@Command(
        name = "cutover",
        description = {
            "Moves the applications' side from source to target: freeze, drain, prove the rest, translate groups, stop the",
            "flow, start the opposite one at the fence, release. Killed at any point: run it again, or with --undo."
        },
        mixinStandardHelpOptions = true)
final class CutoverCommand implements Callable<Integer> {

    @Mixin
    private SwitchOptions options;

    @Override
    public Integer call() {
        return options.run(Side.TARGET, "cutover");
    }
}
