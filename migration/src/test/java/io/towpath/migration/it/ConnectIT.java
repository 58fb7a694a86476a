package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.ConnectWorker;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of towpath connect, and the linter's look at live connectors, on a real worker. */
@Tag("trial-mirror")
class ConnectIT {

    private static final String NAME = "verbs-forward";

    @TempDir
    static Path folder;

    @Test
    void aConnectorIsAppliedComparedFailsIsRepairedLintedAndDeleted() throws Exception {
        TwoClusters clusters = TwoClusters.shared();
        ConnectWorker worker = clusters.stack.connect(
                "verbs", clusters.dc2, WorkerSettings.of().withGroup("verbs"));
        String url = worker.url().toString();
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.topic("verbs", 2, Map.of());
            dc1.plain("verbs", 0, 0, 20);
            dc1.send(new ProducerRecord<>("verbs", 1, 5L, null, new byte[100_000]));
        }
        String migration = clusters.migration("verbs", List.of("verbs"));
        assertThat(CommandRun.of("plan", "-f", migration, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mm2", "render", "-f", migration, "--out", folder.toString())
                        .exit())
                .isEqualTo(Exit.DONE);
        Path right = folder.resolve(NAME + ".json");
        String wrong = write("wrong.json", Files.readString(right).replace("20971520", "2000"));

        assertThat(CommandRun.of("connect", "diff", "--url", url, wrong).out()).contains(NAME + ": absent");
        assertThat(CommandRun.of("connect", "apply", "--url", url, "--stopped", wrong)
                        .lastLine())
                .isEqualTo(NAME + ": created, STOPPED as asked");
        assertThat(CommandRun.of("connect", "diff", "--url", url, wrong).exit()).isEqualTo(Exit.DONE);
        resume(url);
        assertTheFailureIsTold(url);
        assertRepairedBy(right.toString(), url);

        CommandRun lint = CommandRun.of("mm2", "lint", url);
        assertThat(lint.lastLine()).as(lint.out()).isEqualTo("lint: 1 flow, 0 findings");
        assertThat(CommandRun.of("connect", "delete", "--url", url, NAME).exit())
                .isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("connect", "delete", "--url", url, NAME).exit())
                .as("safe to repeat")
                .isEqualTo(Exit.DONE);
        Awaitility.await("its state to leave the worker's status topic too")
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        CommandRun.of("connect", "status", "--url", url, NAME).exit() == Exit.DIFFER);
        worker.stop();
    }

    /** A record that is larger than the producer may send: the task fails, and a restart does not help it. */
    private static void assertTheFailureIsTold(String url) {
        Awaitility.await("the task to fail")
                .atMost(Duration.ofMinutes(2))
                .until(() -> CommandRun.of("connect", "status", "--url", url, NAME)
                        .out()
                        .contains("failed: ")); // a connector that was just resumed may be absent for a moment
        assertThat(CommandRun.of("connect", "status", "--url", url).out())
                .contains(NAME + ": RUNNING, ", "failed: ")
                .doesNotContain("\tat ");
        CommandRun restart = CommandRun.of("connect", "restart", "--url", url, "--timeout", "4", NAME);
        assertThat(restart.out()).startsWith(NAME + ": ");
    }

    private static void assertRepairedBy(String file, String url) {
        CommandRun diff = CommandRun.of("connect", "diff", "--url", url, file);
        assertThat(diff.exit()).isEqualTo(Exit.DIFFER);
        assertThat(diff.out()).contains(NAME + ": differs").contains("producer.override.max.request.size");
        assertThat(CommandRun.of("connect", "apply", "--url", url, file).lastLine())
                .isEqualTo(NAME + ": updated, RUNNING, 2 of 2 tasks running");
        assertThat(CommandRun.of("connect", "apply", "--url", url, file).lastLine())
                .isEqualTo(NAME + ": unchanged, RUNNING, 2 of 2 tasks running");
        assertThat(CommandRun.of("connect", "restart", "--url", url, NAME).exit())
                .isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("connect", "diff", "--url", url, file).exit()).isEqualTo(Exit.DONE);
    }

    @Test
    void aConfigurationThatTheWorkerRefusesIsToldByKeyAndNothingIsCreated() throws Exception {
        String url = TwoClusters.shared().worker.url().toString();
        String file = write("refused.json", """
                {"name": "refused", "config": {
                  "connector.class": "org.apache.kafka.connect.mirror.MirrorSourceConnector",
                  "source.cluster.bootstrap.servers": "h:1", "target.cluster.bootstrap.servers": "h:2",
                  "replication.factor": "many"}}
                """);
        CommandRun run = CommandRun.of("connect", "apply", "--url", url, file);
        assertThat(run.exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(run.err()).contains("connector refused is refused: ", "replication.factor", "many");
        assertThat(CommandRun.of("connect", "status", "--url", url, "refused").out())
                .contains("refused: absent");
    }

    @Test
    void aWorkerThatCannotWriteExactlyOnceRefusesTheFlowInWordsAndTakesOneThatDoesNot() throws Exception {
        TwoClusters clusters = TwoClusters.shared();
        ConnectWorker worker = clusters.stack.connect(
                "plain",
                clusters.dc2,
                WorkerSettings.of().withGroup("plain").with("exactly.once.source.support", "disabled"));
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.topic("plain-flow", 1, Map.of());
            dc1.plain("plain-flow", 0, 0, 20);
        }
        String yaml = """
                name: plain-flow
                source: {alias: dc1, bootstrap.servers: "%s"}
                target: {alias: dc2, bootstrap.servers: "%s"}
                connect: {url: "%s", exactly.once: true}
                topics: [plain-flow]
                """.formatted(clusters.dc1.bootstrapServers(), clusters.dc2.bootstrapServers(), worker.url());
        String file = write("plain-flow.yaml", yaml);
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        CommandRun refused = CommandRun.of("mirror", "-f", file);
        assertThat(refused.err()).contains("the worker refuses the flow: ", "exactly.once.support");
        assertThat(refused.exit()).isEqualTo(Exit.BAD_INPUT);
        write("plain-flow.yaml", yaml.replace("exactly.once: true", "exactly.once: false"));
        CommandRun taken = CommandRun.of("mirror", "-f", file, "--watch", "--until-copied");
        assertThat(taken.exit()).as(taken.err()).isEqualTo(Exit.DONE);
        worker.stop();
    }

    private static void resume(String url) {
        new io.towpath.migration.connect.ConnectRest(java.net.URI.create(url)).resume(NAME);
    }

    private static String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
