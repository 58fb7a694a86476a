package io.towpath.migration.cli;

import io.towpath.migration.config.Migration;
import io.towpath.migration.journal.JournalReading;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.switchover.ProofLine;
import io.towpath.migration.switchover.ProofStore;
import io.towpath.migration.switchover.Standpoint;
import io.towpath.migration.switchover.look.LogView;
import io.towpath.migration.switchover.step.SafetyNet;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath status}: where a migration stands, also with one of the clusters down. */
@Command(
        name = "status",
        description = "Says where the migration stands and what the next command is; also when a cluster is down.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Mixin
    private MigrationOption file;

    @Mixin
    private KeptProof kept;

    @Option(
            names = "--prove",
            description = "Also compare all records up to now, from the open side to the other: names what a writer has"
                    + " put on the closed side.")
    private boolean prove;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Migration migration = file.read();
        JournalReading reading = JournalReading.of(migration);
        reading.unreadable()
                .forEach((side, why) -> out.println(side.cluster(migration) + ": its journal cannot be read: " + why));
        Standpoint standpoint = new Standpoint(migration, reading.standing(), file.path());
        standpoint.lines().forEach(out::println);
        List<String> moved = List.of();
        if (reading.unreadable().isEmpty()) {
            SafetyNet net = new SafetyNet(migration, reading.standing(), kept.path(file));
            net.lines().forEach(out::println);
            moved = net.moved();
            moved.forEach(out::println);
        }
        boolean differ = prove && !proven(migration, reading.standing(), out);
        out.println("next: " + standpoint.next());
        return moved.isEmpty() && !differ ? Exit.DONE : Exit.DIFFER;
    }

    private boolean proven(Migration migration, Standing standing, PrintWriter out) {
        ProofLine proof =
                new ProofLine(migration, standing.open(), ProofStore.readOnly(kept.path(file), out::println), PATIENCE);
        List<String> topics;
        try (LogView source = new LogView(migration.source());
                LogView target = new LogView(migration.target())) {
            topics = migration.topics().resolveOnBoth(source.topics(), target.topics());
        }
        Verdict verdict = proof.catchUp(topics);
        proof.against().forEach(finding -> out.println(standing.open().other().cluster(migration) + ": " + finding));
        out.println("from " + standing.open().cluster(migration) + " to "
                + standing.open().other().cluster(migration) + ": " + verdict);
        return proof.against().isEmpty();
    }
}
