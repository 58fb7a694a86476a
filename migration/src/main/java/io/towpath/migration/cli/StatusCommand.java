package io.towpath.migration.cli;

import io.towpath.migration.config.Migration;
import io.towpath.migration.journal.JournalReading;
import io.towpath.migration.switchover.Standpoint;
import io.towpath.migration.switchover.step.SafetyNet;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code towpath status}: where a migration stands, also with one of the clusters down. */
@Command(
        name = "status",
        description = "Says where the migration stands and what the next command is; also when a cluster is down.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private MigrationOption file;

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
            SafetyNet net = new SafetyNet(migration, reading.standing());
            net.lines().forEach(out::println);
            moved = net.moved();
            moved.forEach(out::println);
        }
        out.println("next: " + standpoint.next());
        return moved.isEmpty() ? Exit.DONE : Exit.DIFFER;
    }
}
