package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.Patience;
import io.towpath.migration.config.Migration;
import io.towpath.migration.metrics.Outlet;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.report.ProofMetrics;
import io.towpath.migration.report.Proven;
import io.towpath.migration.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath verify}: every record of every topic on both clusters, in order. */
@Command(
        name = "verify",
        description = {
            "Compares every committed record of every topic of the migration on both clusters, in order:",
            "key, value, headers, timestamp and nulls. Content is never shown."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ProofOptions options;

    @Option(names = "--report", paramLabel = "DIR", description = "Writes report.html and report.json there.")
    private Path report;

    @Option(
            names = "--accept-coverage",
            defaultValue = "100",
            description = "Percent of records that must have been compared for exit code 0. Default: ${DEFAULT-VALUE}")
    private double acceptCoverage;

    @Option(
            names = "--follow",
            description = "Stay a few seconds behind live traffic until a difference is found; needs --checkpoint.")
    private boolean follow;

    @Mixin
    private MetricsOptions metrics;

    @Option(
            names = "--sample",
            paramLabel = "OFFSETS",
            description = "A quick look: compare the last OFFSETS of every partition; all others count as not proven.")
    private long sample;

    /** When nothing waited for the target last; all that was written before is judged. */
    private Optional<Instant> whole = Optional.empty();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (follow && !options.keeps()) {
            throw new BadInput("--follow: given without --checkpoint; wanted: --checkpoint FILE");
        }
        if (sample < 0 || (sample > 0 && options.keeps())) {
            throw new BadInput("--sample: " + sample + " given" + (options.keeps() ? " with --checkpoint" : "")
                    + "; wanted: a number of offsets, without --checkpoint");
        }
        metrics.refuseUnless(follow, "--follow");
        Proven proven = proven(options.migration(), out);
        new VerdictTable(proven.results()).print(out);
        if (report != null) {
            new Report(proven, Version.text()).write(report);
            out.println("report: " + report.resolve("report.html"));
        }
        if (sample > 0) {
            out.println("a sample: the last " + sample + " offsets of every partition, no more");
        }
        out.println("verify: " + proven.verdict());
        return proven.verdict() instanceof Verdict.Match match
                        && match.coverage().share() * 100 >= acceptCoverage
                ? Exit.DONE
                : Exit.DIFFER;
    }

    private Proven proven(Migration migration, PrintWriter out) {
        try (Outlet shown = metrics.open()) {
            if (follow) {
                return follow(migration, out, shown);
            }
            Proven proven = options.sample(migration, sample);
            expose(proven, shown);
            return proven;
        }
    }

    private void expose(Proven proven, Outlet shown) {
        whole = proven.waiting() == 0 ? Optional.of(proven.from()) : whole;
        shown.show(ProofMetrics.of(proven, whole));
    }

    /** One line per round says what is proven; a target that is behind is waited for, however long. */
    private Proven follow(Migration migration, PrintWriter out, Outlet shown) {
        Patience pause = new Patience(BETWEEN_ROUNDS, BETWEEN_ROUNDS);
        while (true) {
            Proven proven = options.follow(migration);
            expose(proven, shown);
            out.println(line(proven, whole));
            out.flush();
            if (proven.verdict() instanceof Verdict.Mismatch) {
                return proven;
            }
            pause.pause();
        }
    }

    static String line(Proven proven, Optional<Instant> whole) {
        String until = whole.map(Instant::toString).orElse("no point yet");
        String waits = proven.waiting() == 0 ? "" : "; " + proven.waiting() + " offsets wait for the target";
        return "proven up to " + until + waits + ": " + proven.verdict();
    }
}
