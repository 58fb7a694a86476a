package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.connect.ConnectRest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** There and back again between real clusters: nothing lost, nothing twice, every group where it was. */
class SwitchIT {

    static final String QUICK = "switch: {delivery.timeout: 500ms, quiet: 700ms}\n";

    private static TwoClusters clusters;
    private static Writer dc1;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
        dc1 = new Writer(clusters.dc1.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        dc1.close();
    }

    @Test
    void thereAndBackAndThereAgain() throws Exception {
        String one = clusters.dc1.bootstrapServers();
        String two = clusters.dc2.bootstrapServers();
        dc1.topic("round", 3, Map.of());
        Traffic traffic = new Traffic("round", 3, 42);
        traffic.write(one, 500);
        Readers readers = new Readers("round", 42);
        readers.commit(one, "far", 150);
        readers.commit(one, "near", 0);
        String file = clusters.migrationWith(QUICK, "round", List.of("round"), "far", "near");
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        assertThat(CommandRun.of("status", "-f", file).lastLine()).startsWith("next: towpath cutover");

        assertDone(CommandRun.of("cutover", "-f", file));
        readers.assertNextIsTheFirstNotCommitted(two);
        traffic.write(two, 300);
        readers.commit(two, "near", 20);
        CommandRun status = CommandRun.of("status", "-f", file);
        assertThat(status.out()).contains("round: dc2 is open").contains("safe to roll back");
        assertThat(status.lastLine()).startsWith("next: towpath finish");

        assertDone(CommandRun.of("rollback", "-f", file));
        traffic.assertOnBothExactlyOnce(one, two);
        readers.assertNextIsTheFirstNotCommitted(one);
        traffic.write(one, 300);
        readers.commit(one, "far", -1);

        assertDone(CommandRun.of("cutover", "-f", file));
        traffic.assertOnBothExactlyOnce(one, two);
        readers.assertNextIsTheFirstNotCommitted(two);
        traffic.write(two, 200);
        assertDone(CommandRun.of("finish", "-f", file));
        traffic.assertOnBothExactlyOnce(one, two);
        assertThat(new ConnectRest(clusters.worker.url()).connectors()).noneMatch(name -> name.startsWith("round-"));
        assertThat(CommandRun.of("status", "-f", file).lastLine()).isEqualTo("next: nothing; the migration is over");
        CommandRun over = CommandRun.of("rollback", "-f", file);
        assertThat(over.exit()).isEqualTo(Exit.DIFFER);
        assertThat(over.err()).contains("round is over (finished)");
    }

    static void assertDone(CommandRun run) {
        assertThat(run.exit()).as("%s%n%s", run.out(), run.err()).isEqualTo(Exit.DONE);
    }
}
