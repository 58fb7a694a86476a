package io.towpath.bench.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Kafka's own ConsumerPerformance, with the JVM options of its script (kafka-consumer-perf-test.sh). It reads what the
 * proof reads, committed records, and looks at their lengths alone.
 */
final class ConsumerPerf {

    private static final List<String> SCRIPT = List.of(
            "-Xmx512M",
            "-server",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent");

    private final ChildJvm child;
    private final int records;

    private ConsumerPerf(ChildJvm child, int records) {
        this.child = child;
        this.records = records;
    }

    static ConsumerPerf start(Path folder, String bootstrapServers, String topic, int records) throws IOException {
        Path config = Files.writeString(folder.resolve("consumer.properties"), "isolation.level=read_committed\n");
        return new ConsumerPerf(
                ChildJvm.start(
                        Files.createTempFile(folder, "perf-", ".log"),
                        SCRIPT,
                        "org.apache.kafka.tools.ConsumerPerformance",
                        List.of(
                                "--bootstrap-server",
                                bootstrapServers,
                                "--topic",
                                topic,
                                "--num-records",
                                String.valueOf(records),
                                "--timeout",
                                "60000",
                                "--hide-header",
                                "--command-config",
                                config.toString())),
                records);
    }

    /** Its {@code fetch.nMsg.sec}: records per second, without the time that joining its group took. */
    double rate() throws IOException, InterruptedException {
        List<String> printed = child.await();
        String[] columns = printed.get(printed.size() - 1).split(", ", -1);
        if (Long.parseLong(columns[4]) < records) {
            throw new IllegalStateException("ConsumerPerformance read " + columns[4] + " of " + records + " records");
        }
        return Double.parseDouble(columns[columns.length - 1]);
    }
}
