package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.Topics;
import io.towpath.local.TrialSize;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wished rate is the measured rate, over three brokers and two tasks; it is changed under way and lifted at the end.
 * Beside other tests the flow itself stands still for seconds and then makes good for them: there only the limit is
 * asserted, the rate itself in the trial.
 */
@Tag("trial-mirror")
class ThrottleIT {

    private static final int PARTITIONS = 6;
    private static final int RECORD = 2_000;
    /** Brokers average over eleven seconds, and let a burst through before those are full. */
    private static final int SETTLED = 13;

    private static final int SECONDS = TrialSize.current().of(15, 30);
    private static final int FIRST = 6;
    private static final int SECOND = 10;

    @TempDir
    static Path folder;

    private static Stack stack;
    private static KafkaCluster source;
    private static KafkaCluster target;
    private static ConnectWorker worker;

    @BeforeAll
    static void start() {
        stack = Stack.embedded(folder.resolve("servers"));
        CompletableFuture<KafkaCluster> first = CompletableFuture.supplyAsync(() -> stack.kafka("dc1", 3));
        target = stack.kafka("dc2", 1);
        worker = stack.connect("flows", target, WorkerSettings.of());
        source = first.join();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void theWishedRateIsTheMeasuredOneAlsoAfterAChangeAndIsLiftedAtTheEnd() throws Exception {
        load(1.25e6 * (SETTLED + SECONDS) * (FIRST + TrialSize.current().of(0, SECOND)));
        String file = migration();
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);

        assertThat(limited(file, FIRST)).isEqualTo("mirror: limited to 6MB/s");
        assertRate(1e6 * FIRST);
        assertThat(copied()).as("there was something left to measure").isLessThan(written());

        double first = limits();
        assertThat(limited(file, SECOND)).isEqualTo("mirror: limited to 10MB/s");
        assertThat(limits()).isCloseTo(first * SECOND / FIRST, within(5.0));
        if (TrialSize.current().trial()) {
            assertRate(1e6 * SECOND);
            assertThat(copied()).as("there was something left to measure").isLessThan(written());
        }

        CommandRun end = CommandRun.of("mirror", "-f", file, "--throttle", "500MB/s", "--watch", "--until-copied");
        assertThat(end.exit()).as(end.out()).isEqualTo(Exit.DONE);
        assertThat(end.lastLine()).isEqualTo("mirror: 2 quotas lifted");
        assertThat(limits()).isZero();
        assertThat(limited(file, FIRST)).isEqualTo("mirror: limited to 6MB/s");
        CommandRun off = CommandRun.of("mirror", "-f", file, "--throttle", "off");
        assertThat(off.out()).as(off.err()).startsWith("mirror: 2 quotas lifted");
        assertThat(limits()).isZero();
        assertThat(copied()).isGreaterThanOrEqualTo(written());
    }

    private static String limited(String file, int megabytes) {
        CommandRun run = CommandRun.of("mirror", "-f", file, "--throttle", megabytes + "MB/s");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        return run.lastLine();
    }

    private static void assertRate(double bytesPerSecond) throws Exception {
        pause(SETTLED);
        long begun = System.nanoTime();
        long before = copied();
        pause(SECONDS);
        double measured = (copied() - before) * (double) RECORD * 1e9 / (System.nanoTime() - begun);
        TrialSize.figure("throttle, wished " + Math.round(bytesPerSecond) + " bytes/s, measured", Math.round(measured));
        assertThat(measured)
                .as("bytes a second; without a limit it is many times that")
                .isLessThan(2 * bytesPerSecond);
        if (TrialSize.current().trial()) {
            assertThat(measured).as("bytes a second").isCloseTo(bytesPerSecond, within(0.2 * bytesPerSecond));
        }
    }

    /** The length of the measurement, no condition to wait for. */
    private static void pause(int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Awaitility.await().atMost(Duration.ofSeconds(seconds + 5L)).until(() -> System.nanoTime() >= until);
    }

    /** The sum of all quotas at the source. */
    private static double limits() throws Exception {
        try (Admin admin = admin(source)) {
            return admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get().values().stream()
                    .mapToDouble(quota -> quota.get("consumer_byte_rate"))
                    .sum();
        }
    }

    private static long copied() throws Exception {
        return records(target);
    }

    private static long written() throws Exception {
        return records(source);
    }

    private static long records(KafkaCluster cluster) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(new TopicPartition("load", partition), OffsetSpec.latest());
        }
        try (Admin admin = admin(cluster)) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private static void load(double bytes) throws Exception {
        Topics.create(
                Map.of("bootstrap.servers", source.bootstrapServers()),
                List.of(new NewTopic("load", PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"))));
        Random random = new Random(TrialSize.current().seed(7));
        try (Writer writer = new Writer(source.bootstrapServers())) {
            for (long written = 0; written < bytes; written += 1000L * RECORD) {
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                for (int i = 0; i < 1000; i++) {
                    byte[] value = new byte[RECORD - 20]; // and what a record costs besides
                    random.nextBytes(value);
                    records.add(new ProducerRecord<>("load", i % PARTITIONS, null, value));
                }
                writer.all(records);
            }
        }
    }

    private static Admin admin(KafkaCluster cluster) {
        return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    private static String migration() throws Exception {
        return Files.writeString(folder.resolve("load.yaml"), """
                name: load
                source: {alias: dc1, bootstrap.servers: "%s"}
                target: {alias: dc2, bootstrap.servers: "%s"}
                connect: {url: "%s"}
                flow: {sizing: latency, tasks: 2}
                topics: [load]
                """.formatted(
                                source.bootstrapServers(), target.bootstrapServers(), worker.url()))
                .toString();
    }
}
