package io.towpath.migration.cli;

import io.towpath.migration.config.Migration;
import io.towpath.migration.plan.TopicAdmin;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.read.CheckpointFile;
import io.towpath.migration.proof.read.Progress;
import io.towpath.migration.proof.read.Proof;
import io.towpath.migration.proof.read.ProofSettings;
import io.towpath.migration.report.Proven;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command takes that proves, and the proof itself. */
final class ProofOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private MigrationOption file;

    @Option(
            names = "--timeout",
            defaultValue = "30",
            description = "Seconds the target may stand still before what it lacks is lost. Default: ${DEFAULT-VALUE}")
    private int timeoutSeconds;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Keep the proof there and go on from it: killed at any point, little is read again.")
    private Path checkpoint;

    @Option(
            names = "--round",
            defaultValue = "500000",
            description = "With --checkpoint: offsets per partition between two. Default: ${DEFAULT-VALUE}")
    private long round;

    Migration migration() {
        return file.read();
    }

    boolean keeps() {
        return checkpoint != null;
    }

    Proven prove(Migration migration) {
        PrintWriter err = command.commandLine().getErr();
        return prove(
                migration,
                Duration.ofSeconds(timeoutSeconds),
                (read, wanted, matched) ->
                        err.println("read " + read + " of " + wanted + " offsets, " + matched + " records equal"));
    }

    /** {@code patience}: how long the target may stand still before what it lacks is lost. */
    Proven prove(Migration migration, Duration patience, Progress progress) {
        Proof proof = new Proof(migration.source(), migration.target(), ProofSettings.defaults(patience));
        Clock clock = Clock.systemUTC();
        Instant from = clock.instant();
        List<String> topics = topics(migration);
        List<PartitionResult> results = keeps()
                ? proof.catchUp(topics, new CheckpointFile(checkpoint), round, progress)
                        .results()
                : proof.run(topics, progress);
        return new Proven(migration, results, from, clock.instant(), patience);
    }

    private static List<String> topics(Migration migration) {
        try (TopicAdmin source = new TopicAdmin(migration.source())) {
            return migration.topics().resolve(source.names());
        }
    }
}
