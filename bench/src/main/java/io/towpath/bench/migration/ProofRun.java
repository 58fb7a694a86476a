package io.towpath.bench.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.migration.cli.Towpath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code towpath verify} in a JVM of its own, as the launcher starts it. */
final class ProofRun {

    /** As the launcher of the migration job has it. */
    private static final String JVM_OPTIONS = "-Xmx320m -XX:+UseSerialGC";

    private ProofRun() {}

    /** Records per second, by the beginning and the end that its report names; every record must match. */
    static double rate(Path folder, Clusters clusters, String topic, int records)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("migration.yaml"), """
                name: bench
                source: {alias: dc1, bootstrap.servers: "%s"}
                target: {alias: dc2, bootstrap.servers: "%s"}
                connect: {url: "http://localhost:1"}
                topics: ["%s"]
                """.formatted(
                        clusters.dc1.bootstrapServers(), clusters.dc2.bootstrapServers(), topic));
        ChildJvm.start(
                        Files.createTempFile(folder, "verify-", ".log"),
                        options(),
                        Towpath.class.getName(),
                        List.of("verify", "-f", file.toString(), "--report", folder.toString()))
                .await();
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        long compared = report.at("/verdict/compared").asLong();
        if (!report.at("/verdict/match").asBoolean() || compared != records) {
            throw new IllegalStateException("the proof of equal topics says " + report.get("verdict"));
        }
        Duration took = Duration.between(
                Instant.parse(report.get("from").asText()),
                Instant.parse(report.get("to").asText()));
        return compared * 1000.0 / took.toMillis();
    }

    private static List<String> options() {
        String given = System.getenv("TOWPATH_JAVA_OPTS");
        return List.of((given == null || given.isBlank() ? JVM_OPTIONS : given).split(" ", -1));
    }
}
