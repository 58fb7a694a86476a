package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.TrialSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof of many partitions in a process of its own: killed, gone on, and never large. */
@Tag("trial-proof")
class MemoryIT {

    private static final TrialSize SIZE = TrialSize.current();
    private static final int PARTITIONS = SIZE.of(8, 64);
    private static final int RECORDS = SIZE.of(80_000, 10_000_000);
    private static final long MOST_KB = 512 * 1024;

    private static TwoClusters clusters;

    @BeforeAll
    static void write() throws Exception {
        clusters = TwoClusters.shared();
        for (String cluster : List.of(clusters.dc1.bootstrapServers(), clusters.dc2.bootstrapServers())) {
            try (Writer writer = new Writer(cluster)) {
                writer.topic("many", PARTITIONS, Map.of());
            }
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", cluster, "linger.ms", 20, "batch.size", 100_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (int i = 0; i < RECORDS; i++) {
                    byte[] value = ("an event of usual length, number " + i).getBytes(UTF_8);
                    var sent = producer.send(new ProducerRecord<>("many", i % PARTITIONS, 1_000_000L + i, null, value));
                    assertThat(sent.isCancelled()).isFalse();
                }
            }
        }
    }

    @Test
    void aKilledProofOfManyPartitionsGoesOnAndStaysSmall(@TempDir Path folder) throws Exception {
        Path checkpoint = folder.resolve("proof");
        String[] arguments = {
            "-f",
            clusters.migration("many", List.of("many")),
            "--checkpoint",
            checkpoint.toString(),
            "--round",
            String.valueOf(RECORDS / PARTITIONS / 4)
        };
        long most;
        try (VerifyProcess first = VerifyProcess.start(folder.resolve("first.log"), arguments)) {
            await().atMost(Duration.ofMinutes(5)).until(() -> Files.exists(checkpoint) || !first.isAlive());
            most = first.peak();
            assertThat(first.isAlive()).as("killed in the middle").isTrue();
            first.kill();
        }
        long began = System.nanoTime();
        try (VerifyProcess second = VerifyProcess.start(folder.resolve("second.log"), arguments)) {
            most = Math.max(most, watched(second));
            assertThat(second.printed())
                    .contains("verify: Match of 100 % (" + RECORDS + " records equal, 0 not proven)");
        }
        TrialSize.figure("seconds from the kill to the verdict", (System.nanoTime() - began) / 1_000_000_000);
        TrialSize.figure("peak memory, MB, of " + RECORDS + " records in " + PARTITIONS + " partitions", most / 1024);
        assertThat(most).as("peak of resident memory, kB").isLessThan(MOST_KB);
    }

    private static long watched(VerifyProcess process) {
        AtomicLong most = new AtomicLong();
        await().atMost(Duration.ofMinutes(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    most.accumulateAndGet(process.peak(), Math::max);
                    return !process.isAlive();
                });
        return most.get();
    }
}
