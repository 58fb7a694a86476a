package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.connect.ConnectRest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow is stopped before the source deletes what it has not copied, and when its topic is another one. */
@Tag("trial-mirror")
class GuardIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    private static TwoClusters clusters;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
    }

    @Test
    void aFlowIsStoppedBeforeRetentionOvertakesIt() throws Exception {
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.topic(
                    "overtaken",
                    2,
                    Map.of("retention.ms", "" + Duration.ofHours(8).toMillis()));
            dc1.aged("overtaken", 0, 100, Duration.ofHours(8).minusSeconds(100));
            dc1.aged("overtaken", 1, 100, Duration.ofHours(9));
        }
        String file = clusters.migration("overtaken", List.of("overtaken"));
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        String[] untilCopied = {"mirror", "-f", file, "--watch", "--until-copied"};
        assertThat(CommandRun.of(untilCopied).exit()).isEqualTo(Exit.DONE);

        CompletableFuture<CommandRun> watching = watchStanding("overtaken", file, "120");
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.aged("overtaken", 0, 100, Duration.ofHours(8).minusSeconds(100));
            dc1.aged("overtaken", 1, 100, Duration.ofHours(9));
            dc1.aged("overtaken", 1, 1, Duration.ZERO); // keeps the broker from it: it deletes segments
        }
        CommandRun run = watching.get(4, TimeUnit.MINUTES);
        assertThat(run.exit()).as(run.toString()).isEqualTo(Exit.STOPPED);
        assertThat(run.out())
                .containsPattern("overtaken-0: the source may delete what is not copied in \\d+ s; raise")
                .contains("overtaken-1: the next records to be copied are older than the source promises to keep them");
        assertThat(run.lastLine()).isEqualTo("mirror: overtaken-forward is stopped");
        assertThat(Files.readString(metrics()))
                .containsPattern("towpath_mirror_time_to_loss_seconds\\{flow=\"overtaken-forward\"} [\\d.]+\n")
                .contains("towpath_mirror_left_offsets{flow=\"overtaken-forward\",topic=\"overtaken\"} ");
    }

    @Test
    void aFlowIsStoppedBeforeTheSourceIsTooLargeForWhatItHasNotCopied() throws Exception {
        String file = copied("grown", 50);
        CompletableFuture<CommandRun> watching = watchStanding("grown", file, "24");
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.configure("grown", Map.of("retention.bytes", "200000000"));
            for (int i = 0; !watching.isDone(); i++) { // a megabyte each time, until the limit is near
                dc1.send(new ProducerRecord<>("grown", 0, null, new byte[1_000_000]));
                await().pollDelay(Duration.ofMillis(300)).until(() -> true);
                assertThat(i).as("megabytes written before anybody said a word").isLessThan(240);
            }
        }
        CommandRun run = watching.get(2, TimeUnit.MINUTES);
        assertThat(run.exit()).as(run.toString()).isEqualTo(Exit.STOPPED);
        assertThat(run.out()).containsPattern("grown-0: the source may delete what is not copied in \\d+ s; raise");
    }

    @Test
    void aFlowIsStoppedWhenItsTopicIsRecreatedUnderItsEyes() throws Exception {
        String file = copied("recreated", 50);
        Path metrics = folder.resolve("mirror.prom");
        CompletableFuture<CommandRun> watching = watch(file, "--metrics", metrics.toString());
        await("the first look").atMost(LONG).until(() -> Files.exists(metrics));
        recreate("recreated", 200);
        CommandRun run = watching.get(2, TimeUnit.MINUTES);
        assertThat(run.exit()).as(run.toString()).isEqualTo(Exit.STOPPED);
        assertThat(run.out()).contains("recreated: deleted or recreated at the source");
        assertThat(run.lastLine()).isEqualTo("mirror: recreated-forward is stopped");
    }

    @Test
    void aFlowIsNotStartedWhenItsTopicWasRecreatedMeanwhile() throws Exception {
        String file = copied("replaced", 500);
        ConnectRest rest = new ConnectRest(clusters.worker.url());
        rest.stop("replaced-forward");
        rest.awaitStopped("replaced-forward", LONG);
        recreate("replaced", 20);
        CommandRun run = CommandRun.of("mirror", "-f", file);
        assertThat(run.exit()).as(run.toString()).isEqualTo(Exit.STOPPED);
        assertThat(run.out())
                .contains(
                        "replaced-0: copied up to offset 500, and the source ends at 20: the topic was recreated there");
        rest.awaitStopped("replaced-forward", LONG);

        recreate("replaced", 800);
        CommandRun longer = CommandRun.of("mirror", "-f", file);
        assertThat(longer.exit()).as(longer.toString()).isEqualTo(Exit.STOPPED);
        assertThat(longer.out()).contains("replaced: recreated at the source since the plan was applied");
        rest.awaitStopped("replaced-forward", LONG);
        rest.delete("replaced-forward"); // its offsets outlive it
        CommandRun anew = CommandRun.of("mirror", "-f", file);
        assertThat(anew.exit()).as(anew.toString()).isEqualTo(Exit.BAD_INPUT);
        assertThat(anew.err()).contains("DRIFT replaced: recreated since the plan was applied");
    }

    @Test
    void aFlowThatRemembersATargetThatWasBuiltAnewIsNotStarted() throws Exception {
        String file = copied("rebuilt", 50);
        ConnectRest rest = new ConnectRest(clusters.worker.url());
        rest.delete("rebuilt-forward");
        try (Writer dc2 = new Writer(clusters.dc2.bootstrapServers())) {
            dc2.deleteTopic("rebuilt");
        }
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        CommandRun run = CommandRun.of("mirror", "-f", file);
        assertThat(run.exit()).as(run.toString()).isEqualTo(Exit.STOPPED);
        assertThat(run.out())
                .contains(
                        "rebuilt-0: copied up to offset 50, and the target has never held a record: it was built anew");
        rest.awaitStopped("rebuilt-forward", LONG);
    }

    @Test
    void aMarkerThatRetentionTakesAwayStopsNoFlow() throws Exception {
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.topic("marked", 1, Map.of());
            dc1.transactions("marked", 0, 1, 10);
        }
        String file = clusters.migration("marked", List.of("marked"));
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        String[] untilCopied = {"mirror", "-f", file, "--watch", "--until-copied"};
        assertThat(CommandRun.of(untilCopied).exit()).isEqualTo(Exit.DONE);
        delete("marked", -1);
        CommandRun run = CommandRun.of(untilCopied);
        assertThat(run.exit()).as(run.toString()).isEqualTo(Exit.DONE);
        assertThat(run.out())
                .containsPattern("marked-0: the source is empty, and its last \\d+ offsets were not copied");
    }

    private static String copied(String topic, int records) throws Exception {
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.topic(topic, 1, Map.of());
            dc1.plain(topic, 0, 0, records);
        }
        String file = clusters.migration(topic, List.of(topic));
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mirror", "-f", file, "--watch", "--until-copied")
                        .exit())
                .isEqualTo(Exit.DONE);
        return file;
    }

    /** Watches a flow that is as slow as one can be. */
    private CompletableFuture<CommandRun> watchStanding(String name, String file, String guard) {
        CompletableFuture<CommandRun> watching =
                watch(file, "--guard", guard, "--metrics", metrics().toString());
        await("the first look").atMost(LONG).until(() -> Files.exists(metrics()));
        ConnectRest rest = new ConnectRest(clusters.worker.url());
        rest.stop(name + "-forward");
        rest.awaitStopped(name + "-forward", LONG);
        return watching;
    }

    private Path metrics() {
        return folder.resolve("mirror.prom");
    }

    private static CompletableFuture<CommandRun> watch(String file, String... options) {
        String[] command = new String[4 + options.length];
        System.arraycopy(new String[] {"mirror", "-f", file, "--watch"}, 0, command, 0, 4);
        System.arraycopy(options, 0, command, 4, options.length);
        return CompletableFuture.supplyAsync(() -> CommandRun.of(command));
    }

    private static void recreate(String topic, int records) throws Exception {
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers())) {
            dc1.deleteTopic(topic);
            dc1.topic(topic, 1, Map.of());
            dc1.plain(topic, 0, 0, records);
        }
    }

    private static void delete(String topic, long before) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", clusters.dc1.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }
}
