package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.ConnectWorker;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.connect.ConnectRest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The applications' own connectors go along: with their offsets, and in the state in which the team had them. */
class ConnectorsMoveIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static TwoClusters clusters;
    private static ConnectRest here;
    private static ConnectRest there;
    private static String applications;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
        ConnectWorker apps = clusters.stack.connect(
                "applications", clusters.dc1, WorkerSettings.of().withGroup("applications"));
        here = new ConnectRest(apps.url());
        there = new ConnectRest(clusters.worker.url());
        applications = "connectors: {source: \"" + apps.url() + "\", target: \"" + clusters.worker.url() + "\"";
    }

    /** A source that every worker has: it writes a record a second, and stores an offset with each. */
    private static void create(String name) {
        String cluster = clusters.dc1.bootstrapServers();
        here.put(
                name,
                Map.of(
                        "connector.class", "org.apache.kafka.connect.mirror.MirrorHeartbeatConnector",
                        "source.cluster.alias", name,
                        "target.cluster.alias", "applications",
                        "source.cluster.bootstrap.servers", cluster,
                        "target.cluster.bootstrap.servers", cluster,
                        "heartbeats.topic.replication.factor", "1",
                        "emit.heartbeats.interval.seconds", "1"));
        here.awaitRunning(name, LIMIT);
        await().atMost(LIMIT).until(() -> !here.offsets(name).isEmpty());
    }

    private static void assertState(ConnectRest worker, String name, String state) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(worker.status(name))
                        .get()
                        .satisfies(
                                status -> assertThat(status.connector().state()).isEqualTo(state)));
    }

    private static String mirrored(String name, String connectors) throws Exception {
        try (Writer writer = new Writer(clusters.dc1.bootstrapServers())) {
            writer.topic(name, 1, Map.of());
            writer.plain(name, 0, 0, 20);
        }
        String more = SwitchIT.QUICK.replace("}", ", " + applications + ", " + connectors + "}}");
        String file = clusters.migrationWith(more, name, List.of(name));
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        return file;
    }

    @Test
    void whatRanRunsOnTheOtherSideAndWhatWasPausedIsPausedThere() throws Exception {
        create("beats");
        create("resting-beats");
        create("stopped-beats");
        here.pause("resting-beats");
        here.stop("stopped-beats");
        assertState(here, "resting-beats", "PAUSED");
        assertState(here, "stopped-beats", "STOPPED");
        String file = mirrored("clients", "move: [beats, resting-beats, stopped-beats]");
        CommandRun planned = CommandRun.of("cutover", "-f", file, "--dry-run");
        assertThat(planned.out())
                .contains("PUT /connectors/beats/resume at " + there.worker())
                .contains("PUT /connectors/resting-beats/pause at " + there.worker())
                .doesNotContain("/connectors/stopped-beats/resume");

        assertDone(CommandRun.of("cutover", "-f", file));
        assertState(there, "beats", "RUNNING");
        assertState(there, "resting-beats", "PAUSED");
        assertState(there, "stopped-beats", "STOPPED");
        for (String name : List.of("beats", "resting-beats", "stopped-beats")) {
            assertState(here, name, "STOPPED");
        }
        for (String name : List.of("resting-beats", "stopped-beats")) {
            assertThat(there.offsets(name)).isNotEmpty().isEqualTo(here.offsets(name));
        }

        assertDone(CommandRun.of("rollback", "-f", file));
        assertState(here, "beats", "RUNNING");
        assertState(here, "resting-beats", "PAUSED");
        assertState(here, "stopped-beats", "STOPPED");
        assertState(there, "beats", "STOPPED");
        assertThat(here.offsets("resting-beats")).isEqualTo(there.offsets("resting-beats"));
    }

    @Test
    void whenTheSwitchIsUndoneEachIsAsItWasFound() throws Exception {
        create("undone-beats");
        create("undone-resting");
        here.pause("undone-resting");
        assertState(here, "undone-resting", "PAUSED");
        String file =
                mirrored("undone-clients", "move: [undone-beats, undone-resting]}, hooks: {before-release: \"false\"");
        CommandRun refused = CommandRun.of("cutover", "-f", file);
        assertThat(refused.exit()).isEqualTo(Exit.DIFFER);
        assertThat(refused.err()).contains("hook before-release ended with 1").contains("(all is undone)");
        assertState(here, "undone-beats", "RUNNING");
        assertState(here, "undone-resting", "PAUSED");
        assertState(there, "undone-beats", "STOPPED");
    }
}
