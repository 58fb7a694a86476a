package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.TrialSize;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Honest copies, with everything going on that makes them look different: nothing is invented. */
@Tag("trial-proof")
class CleanRunsIT {

    private static TwoClusters clusters;
    private static String dc1;
    private static String dc2;

    @BeforeAll
    static void start() throws Exception {
        clusters = TwoClusters.shared();
        dc1 = clusters.dc1.bootstrapServers();
        dc2 = clusters.dc2.bootstrapServers();
        Churn.cleanOften(dc1);
        Churn.cleanOften(dc2);
    }

    @Test
    void nothingIsInventedInACleanRun(@TempDir Path folder) throws Exception {
        TrialSize size = TrialSize.current();
        int rounds = size.rounds(1, 20);
        for (int round = 0; round < rounds; round++) {
            run(folder, size.seed(11) + round);
        }
        TrialSize.figure("clean runs without an invented finding", rounds);
    }

    private static void run(Path folder, long seed) throws Exception {
        String keys = "keys-" + seed;
        String log = "log-" + seed;
        try (Writer source = new Writer(dc1);
                Churn churn = new Churn(dc1, "clean-" + seed, seed)) {
            source.topic(keys, 2, Churn.CLEANED);
            source.topic(log, 2, Map.of());
            String file = clusters.migration("clean-" + seed, List.of(keys, log));
            churn.write(keys, 2, 40);
            churn.write(log, 2, 20);
            for (CommandRun step :
                    List.of(CommandRun.of("plan", "-f", file, "--apply"), CommandRun.of("mirror", "-f", file))) {
                assertThat(step.exit()).as(step.toString()).isEqualTo(Exit.DONE);
            }
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> live = CompletableFuture.runAsync(() -> live(churn, keys, log, enough));
            String checkpoint = folder.resolve("proof-" + seed).toString();
            for (int look = 0; look < 3; look++) {
                assertNothingInvented(
                        seed, CommandRun.of("verify", "-f", file, "--checkpoint", checkpoint, "--round", "300"));
                retention(look % 2 == 0 ? dc1 : dc2, log, seed);
            }
            assertNothingInvented(seed, CommandRun.of("verify", "-f", file));
            enough.set(true);
            live.join();
            assertNothingInvented(seed, CommandRun.of("verify", "-f", file, "--checkpoint", checkpoint));
            CommandRun last = CommandRun.of("verify", "-f", file);
            assertNothingInvented(seed, last);
            TrialSize.figure("clean run " + seed, last.lastLine());
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(latest(dc2, keys)).isEqualTo(latest(dc1, keys)));
        }
    }

    private static void live(Churn churn, String keys, String log, AtomicBoolean enough) {
        try {
            while (!enough.get() && churn.written() < TrialSize.current().of(5_000, 60_000)) {
                churn.write(keys, 2, 3);
                churn.write(log, 2, 1);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the traffic ended", e);
        }
    }

    private static void assertNothingInvented(long seed, CommandRun run) {
        assertThat(run.lastLine())
                .as("seed %s: %s%s", seed, run.out(), run.err())
                .startsWith("verify: Match of ");
    }

    /** Moves the log start, as retention does: never beyond what both sides hold. */
    private static void retention(String bootstrapServers, String topic, long seed) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(20 + seed % 30),
                            new TopicPartition(topic, 1), RecordsToDelete.beforeOffset(10)))
                    .all()
                    .get();
        }
    }

    /** What an application sees that loads the topic. */
    private static Map<String, String> latest(String bootstrapServers, String topic) {
        Map<String, String> latest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : OtherChecks.read(bootstrapServers, topic)) {
            String key = record.partition() + Arrays.toString(record.key());
            if (record.value() == null) {
                latest.remove(key);
            } else {
                latest.put(key, Arrays.toString(record.value()));
            }
        }
        return latest;
    }
}
