package io.towpath.migration.cli;

import io.towpath.migration.config.Migration;
import io.towpath.migration.plan.TopicAdmin;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.proof.read.Proof;
import io.towpath.migration.proof.read.ProofSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
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

    @Spec
    private CommandSpec spec;

    @Mixin
    private MigrationOption file;

    @Option(
            names = "--timeout",
            defaultValue = "30",
            description = "Seconds the target may stand still before what it lacks is lost. Default: ${DEFAULT-VALUE}")
    private int timeoutSeconds;

    @Option(
            names = "--accept-coverage",
            defaultValue = "100",
            description = "Percent of records that must have been compared for exit code 0. Default: ${DEFAULT-VALUE}")
    private double acceptCoverage;

    @Override
    public Integer call() {
        Migration migration = file.read();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Proof proof = new Proof(
                migration.source(), migration.target(), ProofSettings.defaults(Duration.ofSeconds(timeoutSeconds)));
        List<PartitionResult> results = proof.run(
                topics(migration),
                (read, wanted, matched) ->
                        err.println("read " + read + " of " + wanted + " offsets, " + matched + " records equal"));
        new VerdictTable(results).print(out);
        Verdict verdict = Verdict.of(results);
        out.println("verify: " + verdict);
        return verdict instanceof Verdict.Match match && match.coverage().share() * 100 >= acceptCoverage
                ? Exit.DONE
                : Exit.DIFFER;
    }

    private static List<String> topics(Migration migration) {
        try (TopicAdmin source = new TopicAdmin(migration.source())) {
            return migration.topics().resolve(source.names());
        }
    }
}
