package io.towpath.migration.cli;

import io.towpath.migration.config.Migration;
import io.towpath.migration.config.TopicSelection;
import io.towpath.migration.plan.TopicAdmin;
import io.towpath.migration.proof.read.CheckpointFile;
import io.towpath.migration.proof.read.Progress;
import io.towpath.migration.proof.read.Proof;
import io.towpath.migration.proof.read.ProofSettings;
import io.towpath.migration.proof.read.Reached;
import io.towpath.migration.report.Proven;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        return sample(migration, 0);
    }

    /** The last {@code offsets} of every partition alone; 0 for all. */
    Proven sample(Migration migration, long offsets) {
        ProofSettings settings =
                ProofSettings.defaults(Duration.ofSeconds(timeoutSeconds)).sampling(offsets);
        PrintWriter err = command.commandLine().getErr();
        try (ShownProgress shown = ShownProgress.on(err, Boolean.getBoolean(ShownProgress.TERMINAL))) {
            return prove(migration, settings, shown);
        }
    }

    /** Waits for what the target lacks, however long. */
    Proven follow(Migration migration) {
        return prove(migration, ProofSettings.defaults(ProofSettings.FOR_EVER), (read, wanted, matched) -> {});
    }

    private Proven prove(Migration migration, ProofSettings settings, Progress progress) {
        Proof proof = new Proof(migration.source(), migration.target(), settings);
        Clock clock = Clock.systemUTC();
        Instant from = clock.instant();
        Collection<String> present = present(migration);
        List<String> topics = migration.topics().resolve(present);
        Reached reached = keeps()
                ? proof.catchUp(topics, new CheckpointFile(checkpoint), round, progress)
                : proof.anew(topics, progress);
        return new Proven(
                migration,
                reached.results(),
                reached.kept().since(),
                from,
                clock.instant(),
                settings.patience(),
                settings.sample(),
                reached.waiting(),
                unplanned(file.wish().topics(), topics, present));
    }

    private static Collection<String> present(Migration migration) {
        try (TopicAdmin source = new TopicAdmin(migration.source());
                TopicAdmin target = new TopicAdmin(migration.target())) {
            return eitherOf(source.names(), target.names());
        }
    }

    /** A topic that one side alone has is a difference, so what is selected is selected among those of both. */
    static Collection<String> eitherOf(Collection<String> source, Collection<String> target) {
        Set<String> either = new TreeSet<>(source);
        either.addAll(target);
        return either;
    }

    /** What migration.yaml names by now, and the applied plan did not know. */
    static List<String> unplanned(TopicSelection wish, List<String> planned, Collection<String> present) {
        return wish.resolve(present).stream()
                .filter(topic -> !planned.contains(topic))
                .toList();
    }
}
