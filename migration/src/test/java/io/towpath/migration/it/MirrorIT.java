package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.migration.Kept;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.connect.ConnectRest;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plan, mirror and verify between real servers, as an operator types them. */
class MirrorIT {

    private static TwoClusters clusters;
    private static Writer dc1;
    private static Writer dc2;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
        dc1 = new Writer(clusters.dc1.bootstrapServers());
        dc2 = new Writer(clusters.dc2.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        dc1.close();
        dc2.close();
    }

    @Test
    void everyShapeOfRecordArrivesAndAForeignOneIsNamed() throws Exception {
        Set<String> before = topicsOfMm2();
        dc1.topic("shapes", 3, Map.of("max.message.bytes", "8000000"));
        dc1.topic("customers", 1, Map.of("cleanup.policy", "compact"));
        dc1.plain("shapes", 0, 0, 500);
        dc1.transactions("shapes", 1, 30, 10);
        dc1.send(new ProducerRecord<>("shapes", 2, 5L, null, new byte[5_000_000]));
        for (int i = 0; i < 50; i++) {
            dc1.send(new ProducerRecord<>(
                    "customers", 0, 7L, ("k" + i % 10).getBytes(UTF_8), ("v" + i).getBytes(UTF_8)));
        }
        String file = clusters.migration("shapes", List.of("shapes", "customers"));

        assertThat(CommandRun.of("mirror", "-f", file).err()).contains("the target is not prepared: create customers");
        assertThat(CommandRun.of("plan", "-f", file).exit()).isEqualTo(Exit.DIFFER);
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("plan", "-f", file).lastLine()).isEqualTo("plan: 2 topics, 0 changes");
        assertThat(CommandRun.of("mirror", "-f", file)).satisfies(run -> {
            assertThat(run.err()).isEmpty();
            assertThat(run.lastLine()).contains("shapes-forward RUNNING, 2 of 2 tasks running");
        });

        CommandRun clean = CommandRun.of("verify", "-f", file);
        assertThat(clean.lastLine()) // a broker may have cleaned customers by then
                .as(clean.out())
                .matches(
                        "verify: Match of 100 % \\((751 records equal|711 records equal, 40 compacted), 0 not proven\\)");
        assertThat(clean.exit()).isEqualTo(Exit.DONE);
        assertThat(topicsOfMm2()).isEqualTo(before);

        dc2.send(new ProducerRecord<>("shapes", 1, 5L, null, "nobody wrote this".getBytes(UTF_8)));
        dc1.plain("shapes", 1, 0, 100);
        CommandRun foreign = CommandRun.of("verify", "-f", file);
        assertThat(foreign.exit()).isEqualTo(Exit.DIFFER);
        assertThat(foreign.out()).containsPattern("(?m)^foreign shapes-1, target \\d+$");
        assertThat(foreign.lastLine()).startsWith("verify: MISMATCH in 1 record (");
        assertThat(foreign.out()).doesNotContain("nobody");
    }

    @Test
    void aKeptProofGoesOnWhereItEndedAndFollowsUntilADifference(@TempDir Path folder) throws Exception {
        dc1.topic("followed", 2, Map.of());
        dc1.plain("followed", 0, 0, 1000);
        String file = clusters.migration("followed", List.of("followed"));
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mirror", "-f", file).exit()).isEqualTo(Exit.DONE);
        String checkpoint = folder.resolve("proof").toString();
        String[] verify = {"verify", "-f", file, "--checkpoint", checkpoint, "--round", "300"};
        assertThat(CommandRun.of(verify).lastLine()).startsWith("verify: Match of 100 % (1000 records equal");
        dc1.plain("followed", 1, 0, 50);
        CommandRun second = CommandRun.of(verify);
        assertThat(second.lastLine()).startsWith("verify: Match of 100 % (1050 records equal");
        assertThat(second.err()).contains("read 50 of 50 offsets, 50 records equal");

        String[] follow = {"verify", "-f", file, "--checkpoint", checkpoint, "--follow"};
        CompletableFuture<CommandRun> following = CompletableFuture.supplyAsync(() -> CommandRun.of(follow));
        dc1.plain("followed", 1, 50, 50);
        dc2.send(new ProducerRecord<>("followed", 0, 5L, null, "nobody wrote this".getBytes(UTF_8)));
        dc1.plain("followed", 0, 1000, 50);
        CommandRun ended = following.get(3, TimeUnit.MINUTES);
        assertThat(ended.exit()).isEqualTo(Exit.DIFFER);
        assertThat(ended.out()).containsPattern("(?m)^foreign followed-0, target \\d+$");
        String[] told = {"verify", "-f", file, "--checkpoint", checkpoint, "--report", folder.toString()};
        assertThat(CommandRun.of(told).lastLine()).startsWith("verify: MISMATCH in 1 record (1150 equal");
        keep(Files.readAllBytes(Path.of(checkpoint)), Files.readAllBytes(folder.resolve("report.json")));
    }

    /** With the number of its format in the name, as each says it itself. */
    private static void keep(byte[] checkpoint, byte[] report) throws Exception {
        Kept.ofARun("checkpoint", ByteBuffer.wrap(checkpoint).getInt(), "bin", checkpoint);
        String schema = new ObjectMapper().readTree(report).path("schema").asText();
        Kept.ofARun("report", Integer.parseInt(schema.replaceAll(".*-|\\.json", "")), "json", report);
    }

    @Test
    void aFlowIsWatchedUntilItHasCopiedAndStoppedBeforeItLeavesAGap() throws Exception {
        dc1.topic("guarded", 1, Map.of());
        dc1.plain("guarded", 0, 0, 500);
        String file = clusters.migration("guarded", List.of("guarded"));
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mirror", "-f", file, "--watch", "--until-copied")
                        .lastLine())
                .isEqualTo("mirror: guarded-forward has copied all that is there");

        ConnectRest rest = new ConnectRest(clusters.worker.url());
        rest.stop("guarded-forward");
        rest.awaitStopped("guarded-forward", Duration.ofSeconds(60));
        dc1.plain("guarded", 0, 500, 500);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", clusters.dc1.bootstrapServers()))) {
            TopicPartition partition = new TopicPartition("guarded", 0);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(600)))
                    .all()
                    .get();
        }
        CommandRun refused = CommandRun.of("mirror", "-f", file);
        assertThat(refused.out()).contains("guarded-0: the source has deleted 100 offsets that were not copied");
        assertThat(refused.exit()).isEqualTo(Exit.STOPPED);
        assertThat(rest.status("guarded-forward").orElseThrow().stopped()).isTrue();
        assertThat(CommandRun.of("mirror", "-f", file, "--accept-gap", "--watch", "--until-copied")
                        .exit())
                .isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("verify", "-f", file).lastLine())
                .isEqualTo("verify: Match of 44.4 % (400 records equal, 500 not proven)");
        assertAGrownSourceIsToldAndKeepsNoFlowFromGoingOn(file);
    }

    private static void assertAGrownSourceIsToldAndKeepsNoFlowFromGoingOn(String file) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", clusters.dc1.bootstrapServers()))) {
            admin.createPartitions(Map.of("guarded", NewPartitions.increaseTo(2)))
                    .all()
                    .get();
        }
        String drift = "DRIFT guarded: 2 partitions, 1 when the plan was applied; towpath plan --accept-drift --apply"
                + " takes it into the plan";
        CommandRun again = CommandRun.of("mirror", "-f", file);
        assertThat(again.exit()).as(again.toString()).isEqualTo(Exit.DONE);
        assertThat(again.out()).contains("mirror: not as planned: " + drift);
        new ConnectRest(clusters.worker.url()).delete("guarded-forward");
        CommandRun anew = CommandRun.of("mirror", "-f", file);
        assertThat(anew.exit()).as(anew.toString()).isEqualTo(Exit.BAD_INPUT);
        assertThat(anew.err()).contains("the target is not prepared: " + drift);
    }

    @Test
    void aWorkerKilledInTheMiddleOfItsTransactionsLeavesNoTrace() throws Exception {
        dc1.topic("killed", 2, Map.of());
        dc1.plain("killed", 0, 0, 20_000);
        dc1.transactions("killed", 1, 60, 50);
        String file = clusters.migration("killed", List.of("killed"));
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mirror", "-f", file).exit()).isEqualTo(Exit.DONE);
        clusters.worker.kill();
        clusters.worker.start();
        clusters.worker.awaitReady();
        CommandRun run = CommandRun.of("verify", "-f", file, "--timeout", "90");
        assertThat(run.lastLine())
                .as(run.out())
                .isEqualTo("verify: Match of 100 % (22000 records equal, 0 not proven)");
    }

    @Test
    void whatTheTargetLacksAndWhatItHoldsDifferentlyIsNamedByOffset() throws Exception {
        dc1.topic("faults", 2, Map.of());
        dc2.topic("faults", 2, Map.of());
        dc1.plain("faults", 0, 0, 100);
        dc2.plain("faults", 0, 0, 40);
        dc2.plain("faults", 0, 43, 57);
        dc1.plain("faults", 1, 0, 50);
        dc2.plain("faults", 1, 0, 20);
        ProducerRecord<byte[], byte[]> like = Writer.record("faults", 1, 20);
        dc2.send(new ProducerRecord<>(
                "faults", 1, like.timestamp(), like.key(), "changed".getBytes(UTF_8), like.headers()));
        dc2.plain("faults", 1, 21, 24);
        String file = clusters.migration("faults", List.of("faults"));

        CommandRun run = CommandRun.of("verify", "-f", file, "--timeout", "10");

        assertThat(run.out().lines())
                .contains(
                        "lost faults-0, source 40..42 (3 records)",
                        "altered faults-1, source 20, target 20",
                        "lost faults-1, source 45..49 (5 records)");
        assertThat(run.lastLine()).startsWith("verify: MISMATCH in 9 records (141 equal, 0 not proven)");
        assertThat(run.exit()).isEqualTo(Exit.DIFFER);
    }

    /** Topics that MM2 keeps for itself; a flow of another kind that ran here before may have left some. */
    private static Set<String> topicsOfMm2() throws Exception {
        Set<String> all = new TreeSet<>();
        for (String bootstrapServers : List.of(clusters.dc1.bootstrapServers(), clusters.dc2.bootstrapServers())) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
                admin.listTopics().names().get().stream()
                        .filter(topic -> topic.matches("mm2.*|.*heartbeats.*|.*checkpoints\\.internal"))
                        .forEach(all::add);
            }
        }
        return all;
    }
}
