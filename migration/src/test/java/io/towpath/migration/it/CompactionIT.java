package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.migration.cli.CommandRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What real brokers compact, and what transactions leave, told apart by the batches of the log. */
class CompactionIT {

    private static TwoClusters clusters;
    private static Writer dc1;
    private static Writer dc2;

    @BeforeAll
    static void start() throws Exception {
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
    void anAbortedTransactionExcusesNoLostRecord() throws Exception {
        for (Writer side : List.of(dc1, dc2)) {
            side.topic("excuses", 1, Map.of("cleanup.policy", "compact"));
        }
        dc1.send(version("excuses", 1));
        dc1.send(version("excuses", 2));
        dc2.aborted("excuses", 0, 3);
        dc2.send(version("excuses", 2));
        CommandRun run =
                CommandRun.of("verify", "-f", clusters.migration("excuses", List.of("excuses")), "--timeout", "10");
        assertThat(run.out().lines()).as(run.toString()).contains("lost excuses-0, source 0");
        assertThat(run.lastLine()).isEqualTo("verify: MISMATCH in 1 record (1 equal, 0 not proven)");
    }

    @Test
    void whatTheCleanerTookIsCompacted() throws Exception {
        dc1.topic("cleaned", 1, Map.of("cleanup.policy", "compact"));
        dc2.topic("cleaned", 1, Churn.CLEANED);
        for (int i = 0; i < 300; i++) {
            dc1.send(version("cleaned", i));
            dc2.send(version("cleaned", i));
        }
        AtomicInteger more = new AtomicInteger(300);
        String address = clusters.dc2.bootstrapServers();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    int next = more.getAndIncrement(); // a log rolls, and is cleaned, when something comes
                    dc1.send(version("cleaned", next));
                    dc2.send(version("cleaned", next));
                    return OtherChecks.read(address, "cleaned").size() < 200;
                });
        CommandRun run = CommandRun.of("verify", "-f", clusters.migration("cleaned", List.of("cleaned")));
        assertThat(run.lastLine())
                .as(run.toString())
                .matches("verify: Match of 100 % \\(\\d+ records equal, \\d+ compacted, 0 not proven\\)");
    }

    private static ProducerRecord<byte[], byte[]> version(String topic, int version) {
        long timestamp = 1_000_000_000_000L + version * 20L; // ten to a segment
        return new ProducerRecord<>(topic, 0, timestamp, "key".getBytes(UTF_8), ("v" + version).getBytes(UTF_8));
    }
}
