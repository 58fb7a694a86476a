package io.towpath.migration.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {

    @TempDir
    private Path folder;

    @Test
    void progressAndTimeToLossAreThereForACollector() throws IOException {
        Path file = folder.resolve("mirror.prom");
        MetricsFile metrics = new MetricsFile(file, "shop-forward");
        metrics.write(look(0, 100), look(10, 150), Optional.of(Duration.ofSeconds(90)));
        assertThat(Files.readAllLines(file))
                .contains(
                        "# TYPE towpath_mirror_time_to_loss_seconds gauge",
                        "towpath_mirror_time_to_loss_seconds{flow=\"shop-forward\"} 90",
                        "towpath_mirror_left_offsets{flow=\"shop-forward\",topic=\"orders\"} 850",
                        "towpath_mirror_copied_offsets_per_second{flow=\"shop-forward\",topic=\"orders\"} 5.0");
        metrics.write(look(0, 100), look(10, 1000), Optional.empty());
        assertThat(Files.readString(file)).contains("time_to_loss_seconds{flow=\"shop-forward\"} +Inf");
        assertThat(folder).isDirectoryNotContaining("glob:**.next");
    }

    private static Look look(int second, long next) {
        return new Look(
                Instant.EPOCH.plusSeconds(second),
                Map.of(new TopicPartition("orders", 0), new Look.Partition(next, 0, 1000)),
                Map.of("orders", "id"));
    }
}
