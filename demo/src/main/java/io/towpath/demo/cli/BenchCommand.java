package io.towpath.demo.cli;

import io.towpath.migration.BadInput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code towpath bench}: has a class path of its own, so the launcher starts it; it stands here for the help page. */
@Command(
        name = "bench",
        description = "Runs a benchmark, and says whether its bounds hold.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new BadInput("benchmarks are started by the launcher: ./towpath bench");
    }
}
