package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.TrialSize;
import io.towpath.migration.cli.Towpath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
        String file = clusters.migration("many", List.of("many"));
        Path checkpoint = folder.resolve("proof");
        Process killed = verify(file, checkpoint, folder.resolve("first.log"));
        await().atMost(Duration.ofMinutes(5)).until(() -> Files.exists(checkpoint) || !killed.isAlive());
        long first = peak(killed.pid());
        assertThat(killed.isAlive()).as("killed in the middle").isTrue();
        assertThat(killed.destroyForcibly().waitFor(1, TimeUnit.MINUTES)).isTrue();
        Path log = folder.resolve("second.log");
        Process second = verify(file, checkpoint, log);
        long[] most = {first};
        await().atMost(Duration.ofMinutes(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    most[0] = Math.max(most[0], peak(second.pid()));
                    return !second.isAlive();
                });
        assertThat(Files.readString(log))
                .contains("verify: Match of 100 % (" + RECORDS + " records equal, 0 not proven)");
        TrialSize.figure(
                "peak memory, MB, of " + RECORDS + " records in " + PARTITIONS + " partitions", most[0] / 1024);
        assertThat(most[0]).as("peak of resident memory, kB").isLessThan(MOST_KB);
    }

    private static Process verify(String file, Path checkpoint, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx288m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Towpath.class.getName(),
                        "verify",
                        "-f",
                        file,
                        "--checkpoint",
                        checkpoint.toString(),
                        "--round",
                        String.valueOf(RECORDS / PARTITIONS / 4))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** The most that a process had resident, in kB; 0 when it is gone. */
    private static long peak(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
