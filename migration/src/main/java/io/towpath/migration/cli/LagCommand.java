package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.Patience;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.Migration;
import io.towpath.migration.config.MigrationFile;
import io.towpath.migration.lag.Lag;
import io.towpath.migration.lag.LagAdmin;
import io.towpath.migration.lag.Remainder;
import io.towpath.migration.lag.Window;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath lag}: whether consumer groups keep up, judged by how their offsets move. */
@Command(
        name = "lag",
        description = {
            "Judges the lag of consumer groups by how their offsets move over a window: OK, WARN (falls behind),",
            "STALLED (a member owns the partition and commits nothing), STOPPED (no member owns it). Exit code 2 when",
            "a partition is STALLED or STOPPED."
        },
        mixinStandardHelpOptions = true)
final class LagCommand implements Callable<Integer> {

    /** Where the groups are: a side of a migration, or any cluster. */
    static final class Where {

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "The migration; its groups on the side that --on names.")
        private Path file;

        @Option(names = "--bootstrap-server", paramLabel = "HOST:PORT", description = "Any cluster, all its groups.")
        private String bootstrapServer;
    }

    enum Side {
        SOURCE,
        TARGET
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Where where;

    @Option(names = "--on", defaultValue = "source", description = "source or target. Default: ${DEFAULT-VALUE}")
    private Side side;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "These groups only; may be repeated. Default: the migration's, or all.")
    private List<String> groups = List.of();

    @Option(names = "--every", defaultValue = "5", description = "Seconds between looks. Default: ${DEFAULT-VALUE}")
    private double everySeconds;

    @Option(names = "--looks", defaultValue = "6", description = "Looks in the window. Default: ${DEFAULT-VALUE}")
    private int looks;

    @Override
    public Integer call() {
        if (looks < 2) {
            throw new BadInput("--looks: " + looks + " given; wanted: at least 2, for one look tells no movement");
        }
        Migration migration = where.file == null ? null : MigrationFile.read(where.file);
        Cluster cluster = cluster(migration);
        Window window = new Window(looks);
        Duration every = Duration.ofMillis((long) (everySeconds * 1000));
        Patience pause = new Patience(every, every);
        try (LagAdmin admin = new LagAdmin(cluster)) {
            List<String> judged = judged(migration, admin);
            window.add(admin.look(judged));
            for (int i = 1; i < looks; i++) {
                pause.pause();
                window.add(admin.look(judged));
            }
        }
        return told(new Remainder(cluster).clear(window.judge()));
    }

    private Cluster cluster(Migration migration) {
        if (migration == null) {
            return new Cluster(where.bootstrapServer, Map.of(Cluster.BOOTSTRAP, where.bootstrapServer));
        }
        return side == Side.SOURCE ? migration.source() : migration.target();
    }

    private List<String> judged(Migration migration, LagAdmin admin) {
        if (!groups.isEmpty()) {
            return groups;
        }
        return migration == null || migration.groups().isEmpty() ? admin.groups() : List.copyOf(migration.groups());
    }

    private int told(List<Lag> lags) {
        PrintWriter out = spec.commandLine().getOut();
        lags.forEach(lag -> out.println(line(lag)));
        long bad = lags.stream().filter(lag -> lag.judgement().bad()).count();
        out.println("lag: " + PlanCommand.count(lags.size(), "partition") + ", " + bad + " stalled or stopped");
        return bad == 0 ? Exit.DONE : Exit.DIFFER;
    }

    private static String line(Lag lag) {
        return String.format(
                Locale.ROOT,
                "%-8s %s %s: committed %d, %d to go, %s",
                lag.judgement(),
                lag.place().group(),
                lag.place().partition(),
                lag.committed(),
                lag.offsets(),
                lag.judgement().words());
    }
}
